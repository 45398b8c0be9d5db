/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-sign.h"

#include <glib/gi18n.h>

/**
 * cot_finding_sign_of:
 * @finding: a finding
 *
 * Returns: what it means
 */
CotFindingSign
cot_finding_sign_of (const CotFinding *finding)
{
  if (cot_finding_is_trouble (finding))
    {
      if (finding->waiting)
        return COT_FINDING_SIGN_WAITING;
      return finding->severity >= COT_SEVERITY_ERROR ? COT_FINDING_SIGN_FAILURE
                                                     : COT_FINDING_SIGN_PROBLEM;
    }
  if (finding->severity == COT_SEVERITY_SUCCESS)
    return COT_FINDING_SIGN_GOOD;
  if (finding->expected)
    return COT_FINDING_SIGN_NORMAL;
  return finding->severity >= COT_SEVERITY_WARNING ? COT_FINDING_SIGN_OVER
                                                   : COT_FINDING_SIGN_NOTED;
}

/* Each has a shape of its own, where it asks for something else. */
const char *
cot_finding_sign_get_icon (CotFindingSign sign)
{
  switch (sign)
    {
    case COT_FINDING_SIGN_GOOD:
    case COT_FINDING_SIGN_NORMAL:
      return "object-select-symbolic";
    case COT_FINDING_SIGN_WAITING:
      return "document-open-recent-symbolic";
    case COT_FINDING_SIGN_PROBLEM:
    case COT_FINDING_SIGN_FAILURE:
      return "cot-finding-symbolic";
    case COT_FINDING_SIGN_NONE:
    case COT_FINDING_SIGN_OVER:
    case COT_FINDING_SIGN_NOTED:
    default:
      /* That of the theme is a lamp, too. */
      return "cot-noted-symbolic";
    }
}

const char *
cot_finding_sign_get_css_class (CotFindingSign sign)
{
  switch (sign)
    {
    case COT_FINDING_SIGN_GOOD:
    case COT_FINDING_SIGN_NORMAL:
      return "cot-success";
    case COT_FINDING_SIGN_PROBLEM:
      return "cot-warning";
    case COT_FINDING_SIGN_FAILURE:
      return "cot-error";
    case COT_FINDING_SIGN_NOTED:
    case COT_FINDING_SIGN_WAITING:
      return "cot-info";
    case COT_FINDING_SIGN_NONE:
    case COT_FINDING_SIGN_OVER:
    default:
      return "secondary-text";
    }
}

const char *
cot_finding_sign_get_text (CotFindingSign sign)
{
  switch (sign)
    {
    case COT_FINDING_SIGN_GOOD:
      return _("Seen in these logs: it went well");
    case COT_FINDING_SIGN_NORMAL:
      return _("Seen in these logs: this is normal");
    case COT_FINDING_SIGN_OVER:
      return _("Seen in these logs: it was a problem, and is over");
    case COT_FINDING_SIGN_WAITING:
      return _("Seen in these logs: the device still waits");
    case COT_FINDING_SIGN_PROBLEM:
      return _("Seen in these logs: a problem");
    case COT_FINDING_SIGN_FAILURE:
      return _("Seen in these logs: a failure");
    case COT_FINDING_SIGN_NONE:
    case COT_FINDING_SIGN_NOTED:
    default:
      return _("Seen in these logs: its finding says what it means");
    }
}
