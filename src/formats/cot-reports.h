/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-rows.h"

G_BEGIN_DECLS

/* What Intune asked a device to collect: a thing is a row. See cot-results-xml.h. */
extern const CotConversion cot_conversion_results;
/* MDMDiagReport.xml: what hangs together is a row, the section is the component. */
extern const CotConversion cot_conversion_mdm_xml;
/* The same as a page, MDMDiagHtmlReport.html: a row of a table is a row. Only its text is read. */
extern const CotConversion cot_conversion_mdm_html;

G_END_DECLS
