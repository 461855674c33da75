# A pipe gives its bytes once: the header is told from it all the same.
here=$SAYDO_ROOT/datasets/formats
mkfifo pipe
cat "$here/qualtrics/numeric.csv" >pipe &
sed "s#file: numeric.csv#file: $PWD/pipe#; s#file: \([lc]\)#file: $here/qualtrics/\1#" "$here/qualtrics/study.yml" >q.yml
saydo-join q.yml -q --format=csv >got
echo $?
wait
saydo-join "$here/qualtrics/study.yml" -q --format=csv | cmp - got && echo same
