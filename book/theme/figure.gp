# figure.gp: how every figure of the book looks. Gnuplot starts in the project's root with
#
#   gnuplot -e "medium='svg'; out='FILE'; folder='DATA'; script='FIGURE.gp'" book/theme/figure.gp
#
# and draws the script in the folder of its data. What may be said besides, and what holds if it is not:
#   medium   svg for pages, pdf for print, txt for terminals
#   out      the file to draw into; '' is standard output
#   ratio    height over width; wide=1 uses the margin too
#   healthy  for a wrong figure: the folder of the data made by right code
#   missing  why the picture is not the learner's own; with mine=1 and a reason everything is grey, and says so
#   columns  width of the terminal, for txt
# All paths are relative to the root. Colours are this file's business: a script says ls 1 … ls 12, or palette.

if (!exists("medium"))  medium  = 'txt'
if (!exists("out"))     out     = ''
if (!exists("folder"))  folder  = '.'
if (!exists("ratio"))   ratio   = 0.62
if (!exists("wide"))    wide    = 0
if (!exists("mine"))    mine    = 0
if (!exists("missing")) missing = ''
if (!exists("healthy")) healthy = ''
if (!exists("columns")) columns = 78

set encoding utf8

# The page maps exactly these colours to its own, so that figures follow light and dark.
ink = '#1a1c20'; grey  = '#8a8f98'; grid   = '#d9dce1'
blue = '#2b6cb0'; vermilion = '#c8553d'; green = '#3a7d44'
purple = '#7b5ea7'; orange = '#d18f2c'; sky = '#4aa3c7'

if (medium eq 'svg') {
    figure_width = wide ? 900 : 640
    set terminal svg size figure_width, figure_width * ratio fixed enhanced \
        font "TeX Gyre Pagella,15" linewidth 1.5 rounded
}
if (medium eq 'pdf') {
    figure_width = wide ? 15.5 : 11
    set terminal pdfcairo size figure_width cm, figure_width * ratio cm enhanced \
        font "TeX Gyre Pagella,9" linewidth 1.5 pointscale 0.6 rounded
}
if (medium eq 'txt') set terminal dumb columns, 24 enhanced mono
root = GPVAL_PWD.'/'
if (strlen(out)) set output root.out

grey_mode = mine && strlen(missing)
array shade[6] = [blue, vermilion, green, purple, orange, sky]
do for [i = 1:6] {
    if (grey_mode) {
        set style line i linecolor rgb grey linewidth 1.6 dashtype i pointtype 7 pointsize 0.6
        set linetype i linecolor rgb grey linewidth 1.6 dashtype i pointtype 7 pointsize 0.6
    } else {
        set style line i linecolor rgb shade[i] linewidth 1.6 dashtype 1 pointtype 7 pointsize 0.6
        set linetype i linecolor rgb shade[i] linewidth 1.6 dashtype 1 pointtype 7 pointsize 0.6
    }
}
set linetype cycle 6
set style line 10 linecolor rgb (grey_mode ? grey : ink) linewidth 0.8 pointtype 7 pointsize 0.5
set style line 11 linecolor rgb grey linewidth 0.8 pointtype 7 pointsize 0.5
set style line 12 linecolor rgb grid linewidth 0.8 pointtype 7 pointsize 0.5

# Dark to light at even steps of lightness, blue to yellow by way of green: it reads in print without colour, by
# colour-blind readers, and neither end vanishes in a white page or a black one.
if (grey_mode) {
    set palette defined (0 '#565a61', 1 '#d3d6db')
} else {
    set palette defined (0 '#5a52b5', 0.25 '#3579b1', 0.5 '#2f9b8a', 0.75 '#86be52', 1 '#e8c93a')
}

set border 3 linecolor rgb grey linewidth 0.6
set tics nomirror out scale 0.5 textcolor rgb ink
set colorbox noborder
set key noopaque nobox spacing (medium eq 'pdf' ? 1.25 : 1) samplen 2.2 textcolor rgb ink
set style fill solid noborder
set title textcolor rgb ink
set xlabel offset character 0, (medium eq 'svg' ? 0.4 : 0) textcolor rgb ink
set ylabel textcolor rgb ink
set zlabel textcolor rgb ink
set cblabel textcolor rgb ink
set x2label textcolor rgb ink
set y2label textcolor rgb ink

# Paper has no room beside the picture, so its label stands on it. In the other media picture.c puts it above.
if (grey_mode && medium eq 'pdf') {
    set label 99 'reference: '.missing at screen 0.99, screen 0.97 right noenhanced textcolor rgb grey front
    set tmargin 2.2
}

# A text terminal tells series apart by the letters of their points, and cannot turn a label on its side: the one of
# the y axis stands above it.
if (medium eq 'txt') {
    do for [i = 1:6] {
        set style line i pointtype i
        set linetype i pointtype i
    }
    set ylabel left offset character 1, 11
    set tmargin 2
    set key opaque
}

if (strlen(healthy)) healthy = root.healthy
cd folder
load root.script
unset output
