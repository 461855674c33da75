saydo | head -n 2
