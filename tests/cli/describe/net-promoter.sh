# 1000 answers, 45 % promoters, 35 % passives, 20 % detractors (docs/methods/describe.md): score
# 0.25, std. error sqrt((0.45 + 0.20 - 0.25^2) / 1000) = 0.0242384, interval 0.2025 to 0.2975.
printf 'recommend,times\n10,250\n9,200\n8,300\n7,50\n6,150\n0,50\n' >t.csv
set -- t.csv --x=recommend --frequency=times --range=0,10 --nps=recommend --format=csv
saydo-describe "$@" | cut -d, -f1-3,24-29
# Other cuts, from the same answers: 75 % at 8 or above, 5 % at 5 or below: 0.70, std. error
# sqrt((0.80 - 0.49) / 1000) = 0.0176068.
saydo-describe "$@" --promoters=8 --detractors=5 | cut -d, -f1-3,24-29
# All promoters: Wald's interval does not exist; the adjusted one with 3/4 promoters, 3/4 detractors
# and 3 answers more is 10/13 + - z sqrt((10.75 + 0.75) / 13 - (10/13)^2) / sqrt(13).
printf 'recommend\n10\n10\n10\n10\n10\n9\n9\n9\n9\n9\n' >all.csv
saydo-describe all.csv --x=recommend --range=0,10 --nps=recommend --format=csv | cut -d, -f1-3,24-29
