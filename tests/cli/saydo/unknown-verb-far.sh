saydo xyzzy
