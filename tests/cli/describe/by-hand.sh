# Eight respondents on 1..5, one of them without an answer; worked by hand:
#   young 1 2 3 4 5 5   mean 20/6, squares about it 40/3, sd sqrt(8/3), top_2 3/6, bottom_2 2/6
#   old   3 .           one answer: no sd, too few observations
#   all   mean 23/7; retained 1 of 2 at 3, 1 of 1 at 4, 2 of 2 at 5
# Wilson at 3 of 6 with z = 1.959963984540054: centre 1/2, half-width
#   z sqrt(1/24 + z^2/144) / (1 + z^2/6) = 0.3123837
cat > t.csv <<'END'
intent,retained,segment
1,0,young
2,0,young
3,1,young
4,1,young
5,1,young
5,1,young
3,0,old
NA,1,old
END
for table in scales distribution missing retention; do
    echo "[$table]"
    saydo-describe t.csv --x=intent --y=retained --by=segment --levels=segment:young,old \
        --format=csv --table=$table
done
