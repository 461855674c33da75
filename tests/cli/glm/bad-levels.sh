# Orders of levels: a reference that no row has, values that are not named.
printf 'retained,visits,spend,intent,segment,branch,share\n0,0,0,2,small,a,.1\n1,3,12.5,6,large,a,.5\n0,1,4,3,large,b,.2\n1,2,7.5,5,small,b,.7\n0,0,0,5,small,c,.9\n1,5,30,7,large,c,1\n1,1,8,2,large,d,.4\n0,2,3,4,small,d,0\n' >t.csv
run() { saydo-glm t.csv -o out.csv "$@"; echo "$?"; }
run --formula='retained ~ segment' --levels=segment:Small,large
run --formula='retained ~ segment' --levels=segment:tiny,small,large
run --formula='retained ~ segment' --levels=segment:small
run --formula='retained ~ segment' --levels=segmnt:small,large
run --formula='retained ~ segment' --levels=segment
run --formula='retained ~ segment' --levels=segment:small,small,large
run --formula='retained ~ segment' --levels=:small,large
run --formula='visits ~ intent' --family=ordinal --levels=visits:0,1,2
ls
