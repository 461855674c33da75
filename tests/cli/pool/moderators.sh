# Two groups of variance 0.2: means 1 and 2, difference's standard error sqrt(.1 + .1), QM = 1/0.2, QE = 4(.01)/0.2;
# the number 0/1 gives the same as the level; with --levels the other is the reference.
printf 'yi,vi,late,wave\n0.9,0.2,0,early\n1.1,0.2,0,early\n1.9,0.2,1,late\n2.1,0.2,1,late\n' >t.csv
saydo-pool t.csv --estimate=yi --variance=vi --method=FE --moderators=late --format=csv --table=moderators
saydo-pool t.csv --estimate=yi --variance=vi --method=FE --moderators=wave --format=csv --table=moderators
saydo-pool t.csv --estimate=yi --variance=vi --method=FE --moderators=wave --levels=wave:late,early --format=csv --table=moderators
saydo-pool t.csv --estimate=yi --variance=vi --method=FE --moderators=wave --format=csv --table=moderation
