saydo --version
saydo join --version
