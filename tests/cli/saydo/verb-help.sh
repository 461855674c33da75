saydo join --help | head -n 2
