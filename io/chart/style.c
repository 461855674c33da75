/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/chart/kind.h"

/* Okabe and Ito (2008), Color Universal Design; yellow last, since it is weak on white. */
const char *const chart_palette[N_PALETTE] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                              "#E69F00", "#56B4E9", "#000000", "#F0E442"};

static const char head[] =
    "# Style of all charts.  A chart sets ID, W and H (px) and loads this file.\n"
    "# gnuplot ID.gp                              draws ID.svg\n"
    "# gnuplot -e \"FMT='png'; OUT='other'\" ID.gp  draws other.png; svg, png or pdf\n"
    "if (!exists('FMT')) FMT = 'svg'\n"
    "if (!exists('OUT')) OUT = ID\n"
    "set encoding utf8\n"
    "# terminals differ in the name of the bold face and in the size of points\n"
    "PLAIN = 'Arial'; BOLD = FMT eq 'svg' ? 'Arial Bold' : 'Arial:Bold'\n"
    "PS = FMT eq 'svg' ? 0.62 : 1\n"
    "if (FMT eq 'png') {\n"
    "    set terminal pngcairo noenhanced size 2*W,2*H font 'Arial,12' fontscale 1.5 linewidth 2 "
    "pointscale 1.6 background rgb '#ffffff'\n"
    "} else { if (FMT eq 'pdf') {\n"
    "    set terminal pdfcairo noenhanced size W/96.0,H/96.0 font 'Arial,12' fontscale 0.75 "
    "linewidth 1 pointscale 0.8\n"
    "} else {\n"
    "    set terminal svg noenhanced size W,H dynamic font 'Arial,12' linewidth 1 "
    "background rgb '#ffffff'\n"
    "} }\n"
    "set output OUT.'.'.FMT\n"
    "set decimalsign '.'\n"
    "set datafile separator tab\n"
    "set datafile commentschars ''\n"
    "set datafile missing 'NaN'\n"
    "set palette defined (-1 '#2166ac', -0.6 '#67a9cf', -0.25 '#d1e5f0', 0 '#f9f9f9', "
    "0.25 '#fddbc7', 0.6 '#ef8a62', 1 '#b2182b')\n"
    "set cbrange [-1:1]\n"
    "unset colorbox\n"
    "unset key\n"
    "set clip one\n"
    "set clip two\n"
    "set border 3 lt 1 lc rgb '#8c8c8c' lw 0.8\n";

void style_write(FILE *stream)
{
    static const int point[N_PALETTE] = {7, 5, 9, 11, 13, 6, 4, 8};
    fputs(head, stream);
    for (int i = 0; i < N_PALETTE; i++)
        fprintf(stream, "set style line %d lc rgb '%s' lw 1.8 dt 1 pt %d ps 0.55*PS\n", i + 1,
                chart_palette[i], point[i]);
    fprintf(stream, "set style line %d lc rgb '" INK_MUTED "' lw 1.4 dt 1 pt 7 ps 0.5*PS\n",
            STYLE_MUTED);
    fprintf(stream, "set style line %d lc rgb '" INK_SOFT "' lw 1 dt 2\n", STYLE_FRAME);
    fprintf(stream, "set style line %d lc rgb '" INK_GRID "' lw 0.6 dt 1\n", STYLE_GRID);
}

size_t series_style(const struct series *s)
{
    return s->muted ? STYLE_MUTED : s->colour % N_PALETTE + 1;
}

static bool is_line(const struct series *s)
{
    return s->mark == MARK_LINE || s->mark == MARK_STEPS;
}

int series_dash(const struct page *p, const struct series *s)
{
    for (size_t k = 0; k < p->n_panels; k++) {
        const struct panel *panel = page_panel(p, k);
        if (s < panel->series || s >= panel->series + panel->n_series)
            continue;
        int dash = 1;
        for (const struct series *before = panel->series; before < s; before++)
            dash += is_line(before) && before->colour != s->colour;
        return dash > 5 ? 5 : dash;
    }
    return 1;
}

const char *series_colour(const struct series *s)
{
    return s->muted ? INK_MUTED : chart_palette[s->colour % N_PALETTE];
}
