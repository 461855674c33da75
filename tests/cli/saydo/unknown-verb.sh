saydo corelate study.yml
