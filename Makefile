# SPDX-License-Identifier: GPL-3.0-or-later
# make [MODE=release|debug|asan|cover]   programs in build/$(MODE)/bin
# make check, check-all, lint, install PREFIX=, dist; scripts/setup installs what is needed
MODE    ?= release
PREFIX  ?= /usr/local
VERSION := 0.1.0
CC      ?= cc
Q       := $(if $(V),,@)
B       := build/$(MODE)

packages := gsl libcyaml yaml-0.1 jansson libutf8proc xlsxwriter zlib libzstd libmd libxxhash libzip \
            expat nettle glib-2.0
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
            -Wformat=2 -Wundef -Wpointer-arith -Wwrite-strings -Wcast-qual $(WERROR)
optimise.release := -O2 -g
optimise.debug   := -O0 -g3
optimise.asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
optimise.cover   := -O0 -g --coverage
optimise := $(optimise.$(MODE))
CFLAGS  ?=
cflags  := -std=c11 -D_GNU_SOURCE -DSAYDO_VERSION='"$(VERSION)"' -DSAYDO_DATADIR='"$(PREFIX)/share/saydo"' \
           -I. -include models/base/banned.h -pthread -ffp-contract=off $(warnings) $(optimise) \
           $(shell pkg-config --cflags $(packages)) $(CFLAGS)
libs    := $(LDFLAGS) $(optimise) $(shell pkg-config --libs $(packages)) -lreadstat -lm -pthread

library  := $(sort $(wildcard models/*/*.c io/*.c io/*/*.c analysis/*/*.c))
programs := $(sort $(wildcard analysis/*.c))
tests    := $(sort $(wildcard tests/*/*_test.c))
helpers  := $(sort $(wildcard tests/*.c))
bin      := $(patsubst analysis/%.c,$(B)/bin/saydo-%,$(filter-out analysis/saydo.c,$(programs))) $(B)/bin/saydo
object    = $(patsubst %.c,$(B)/obj/%.o,$(1))
presets  := $(patsubst %.yml,$(B)/obj/%.o,$(wildcard io/presets/*.yml))

all: $(bin)
.PHONY: all check check-all tests lint coverage format install uninstall dist clean docs
.SECONDARY:

$(B)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	@$(if $(V),,echo '  CC  $@')
	$(Q)$(CC) $(cflags) -MMD -MP -c -o $@ $<
$(B)/obj/io/presets/%.c: io/presets/%.yml scripts/embed-preset
	@mkdir -p $(@D)
	$(Q)scripts/embed-preset $< >$@.new && mv $@.new $@
$(B)/obj/io/presets/%.o: $(B)/obj/io/presets/%.c Makefile
	@$(if $(V),,echo '  CC  $@')
	$(Q)$(CC) $(cflags) -MMD -MP -c -o $@ $<
$(B)/libsaydo.a: $(call object,$(library)) $(presets)
	@rm -f $@ && ar rcs $@ $^ && echo '  AR  $@'
$(B)/bin/saydo: $(B)/obj/analysis/saydo.o $(B)/libsaydo.a
	@mkdir -p $(@D)
	@$(if $(V),,echo '  LD  $@')
	$(Q)$(CC) -o $@ $^ $(libs)
$(B)/bin/saydo-%: $(B)/obj/analysis/%.o $(B)/libsaydo.a
	@mkdir -p $(@D)
	@$(if $(V),,echo '  LD  $@')
	$(Q)$(CC) -o $@ $^ $(libs)
$(B)/tests/%: $(B)/obj/tests/%.o $(call object,$(helpers)) $(B)/libsaydo.a
	@mkdir -p $(@D)
	@$(if $(V),,echo '  LD  $@')
	$(Q)$(CC) -o $@ $^ $(libs) -lcmocka
# Fuzzers (scripts/fuzz): the readers and what is below them; each takes what it calls.
fuzzed := $(filter io/% models/base/% analysis/ledger/%,$(library)) \
          $(patsubst %,tests/%.c,csv_text judge_text ledger_judge xlsx_case)
$(B)/fuzz.a: $(call object,$(fuzzed)) $(presets)
	@rm -f $@ && ar rcs $@ $^
$(B)/%_fuzz: $(B)/obj/tests/fuzz/%_fuzz.o $(B)/fuzz.a
	$(Q)$(CC) -fsanitize=fuzzer -o $@ $^ $(libs) -lcmocka

tests: $(patsubst tests/%.c,$(B)/tests/%,$(tests)) all
check: tests
	scripts/run-tests $(B)
check-all: tests
	SLOW=1 scripts/run-tests $(B)
lint:
	scripts/lint
coverage:
	scripts/coverage
format:
	clang-format -i $$(git ls-files '*.c' '*.h')
docs: all
	scripts/make-docs $(B)/bin
install: all docs
	scripts/install $(B)/bin "$(DESTDIR)$(PREFIX)"
uninstall:
	scripts/install --remove $(B)/bin "$(DESTDIR)$(PREFIX)"
dist:
	git archive --prefix=saydo-$(VERSION)/ -o saydo-$(VERSION).tar.gz HEAD
clean:
	rm -rf build

-include $(patsubst %.o,%.d,$(call object,$(library) $(programs) $(tests) $(helpers)) $(presets))
