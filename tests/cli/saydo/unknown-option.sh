saydo --hlep
