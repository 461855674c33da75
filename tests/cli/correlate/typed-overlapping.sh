# cocor's help example: Hotelling -4.6314145; Williams -4.4949925 (p 9.8181e-6); Dunn -4.4411553;
# Steiger -4.4151828; Hittner -4.4077440; Meng -4.3899321, CI (-.5013076, -.1918396); Zou
# (-.4307124, -.1674904).  Behind it what has no answer: impossible, perfect, too few.
printf "%s\n" paper,jk,jh,kh,n help,.2,.5,.1,315 impossible,.9,-.9,.9,50 perfect,1,.5,.5,50 \
    few,.4,.5,.1,3 >t.csv
saydo-correlate t.csv --typed --table=comparisons --format=csv | cut -d, -f1,3,10-14,16- | sed -n 1,12p
saydo-correlate t.csv --typed --table=comparison_details --format=csv | cut -d, -f1,3-
saydo-correlate t.csv --typed --comparison=williams --table=comparisons --format=csv | sed 1,2d
