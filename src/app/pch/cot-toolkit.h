/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Read once instead of by each file of the window, most of whose building it is. Every file still
 * includes what it needs, which the tests see to: they build once without this. */

#include <adwaita.h>
