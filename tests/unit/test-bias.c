/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include <string.h>

typedef struct
{
  gint16 bias_minutes;
  gboolean doubled_sign;
  const char *component;
  const char *context;
  const char *origin;
  CotBiasWriter writer;
  gint16 true_bias_minutes;
} Case;

#define UNKNOWN COT_BIAS_WRITER_UNKNOWN
#define NATIVE COT_BIAS_WRITER_NATIVE
#define EAST COT_BIAS_WRITER_EAST_POSITIVE

static const Case cases[] = {
  /* What the line of a native component was compiled from. */
  { 300, FALSE, "CcmExec", "", "ccmexec.cpp:1208", NATIVE, 300 },
  { -60, FALSE, "X", "", "agent.h:7", NATIVE, -60 },
  { 240, FALSE, "X", "", "D:\\src\\Agent.CXX:7", NATIVE, 240 },
  { 300, FALSE, "X", "", "agent.cpp", UNKNOWN, 300 },
  { 300, FALSE, "X", "", ".cpp:5", UNKNOWN, 300 },
  { 300, FALSE, "X", "", ":5", UNKNOWN, 300 },
  { 300, FALSE, "X", "", "5", UNKNOWN, 300 },
  /* Scripts. */
  { 60, FALSE, "Deploy", "", "C:\\Temp\\Deploy-Contoso.ps1", EAST, -60 },
  { -300, FALSE, "Deploy", "", "Deploy.PSM1:12", EAST, 300 },
  { 60, FALSE, "Invoke-Deploy", "CONTOSO\\admin", "", EAST, -60 },
  { 60, FALSE, "Invoke-Deploy", "", "", UNKNOWN, 60 },
  { 60, FALSE, "Deploy", "CONTOSO\\admin", "", UNKNOWN, 60 },
  { -240, TRUE, "X", "", "", EAST, 240 },
  { -240, TRUE, "X", "", "agent.cpp:1", EAST, 240 },
  /* Components of the product. */
  { 300, FALSE, "SMS_COLLECTION_EVALUATOR", NULL, NULL, NATIVE, 300 },
  { 300, FALSE, "CcmMessaging", NULL, NULL, NATIVE, 300 },
  /* Clocks that only one reading has. */
  { -780, FALSE, "X", NULL, "x.ps1", NATIVE, -780 }, /* New Zealand in summer */
  { -840, FALSE, NULL, NULL, NULL, NATIVE, -840 },
  { 780, FALSE, NULL, NULL, NULL, EAST, -780 },
  { 840, FALSE, NULL, NULL, "x.cpp:1", EAST, -840 },
  { -330, FALSE, "X", NULL, NULL, NATIVE, -330 }, /* India */
  { 330, FALSE, "X", NULL, NULL, EAST, -330 },
  { -345, FALSE, NULL, NULL, NULL, NATIVE, -345 }, /* Nepal */
  { 210, FALSE, NULL, NULL, NULL, UNKNOWN, 210 }, /* Iran or Newfoundland */
  { 720, FALSE, NULL, NULL, NULL, UNKNOWN, 720 },
  { 7, FALSE, NULL, NULL, NULL, UNKNOWN, 7 },
  { 900, FALSE, NULL, NULL, NULL, UNKNOWN, 900 },
  /* No clock on Earth is so far from UTC. */
  { 901, FALSE, "X", NULL, "x.cpp:1", NATIVE, COT_BIAS_NONE },
  { -901, FALSE, "X", NULL, "x.ps1", EAST, COT_BIAS_NONE },
  { 9999, FALSE, NULL, NULL, NULL, UNKNOWN, COT_BIAS_NONE },
  { -9999, TRUE, NULL, NULL, NULL, EAST, COT_BIAS_NONE },
  /* MDT writes this wherever it runs. */
  { 0, FALSE, "ZTIGather", "", "ZTIGather", UNKNOWN, 0 },
  { COT_BIAS_NONE, FALSE, "CcmExec", "", "ccmexec.cpp:1208", UNKNOWN, COT_BIAS_NONE },
};

static CotSpan
span (const char *text)
{
  return (CotSpan){ text, text != NULL ? strlen (text) : 0 };
}

static void
test_writers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      CotEntry entry = {
        .bias_minutes = c->bias_minutes,
        .doubled_bias_sign = c->doubled_sign,
        .component = span (c->component),
        .context = span (c->context),
        .origin = span (c->origin),
      };

      g_test_message ("%d %s %s", c->bias_minutes, c->component, c->origin);
      g_assert_cmpint (cot_entry_get_bias_writer (&entry), ==, c->writer);
      g_assert_cmpint (cot_entry_get_true_bias (&entry), ==, c->true_bias_minutes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bias/writers", test_writers);
  return g_test_run ();
}
