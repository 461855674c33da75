# Slopes and predictions of what is not there.
awk 'BEGIN { srand(1); print "retained,visits,intent,tenure,segment,vip"; for (i = 0; i < 90; i++) { a = (i * 37) % 7 + 1; t = (i * i * 13) % 97 / 10; s = substr("ABC", i % 3 + 1, 1); v = (i * 5) % 4 == 0; h = (i * 7919) % 1009 / 1009; print (a + t / 3 + 2 * v > 3 + 6 * h) "," int(h * (a + v)) "," a "," t "," s "," v } }' >t.csv
run() { saydo-glm t.csv -o out.csv --formula='visits ~ intent * segment + vip' "$@"; echo "$?"; }
run --slopes=intent:segmnt
run --slopes=intnt:segment
run --slopes=intent
run --slopes=intent:intent
run --slopes=visits:intent
run --predict=tenure
run --predict=intent:tenure
run --predict=intent --at=1,x
saydo-glm t.csv -o out.csv --formula='visits ~ intent' --at=1
echo "$?"
ls
