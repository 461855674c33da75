/* SPDX-License-Identifier: GPL-3.0-or-later
   Functions that have caused harm elsewhere; forced into every file by the Makefile. */
#ifndef MODELS_BASE_BANNED_H
#define MODELS_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atof system popen tmpnam \
    tempnam

#endif
