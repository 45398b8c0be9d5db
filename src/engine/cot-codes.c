/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-codes.h"

#include "cot-error-code.h"

#include <string.h>

static const struct
{
  const char *id;
  const char *name;
} families[] = {
  { "win32", "Windows" },
  { "winhttp", "WinHTTP" },
  { "configmgr", "Configuration Manager" },
  { "mdm", "MDM enrollment" },
};

static char *
dup_family (const char *id)
{
  if (id == NULL || *id == '\0')
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_equal (families[i].id, id))
      return g_strdup (families[i].name);
  return g_strdup (id);
}

static CotCode *
code_from_meaning (const CotErrorMeaning *meaning)
{
  CotCode *code = g_new0 (CotCode, 1);

  code->code = meaning->code;
  code->code_text = g_strdup_printf ("0x%08X", meaning->code);
  code->meaning = cot_error_code_describe (meaning->code);
  code->is_success = meaning->success;
  if (meaning->entry != NULL)
    {
      if (*meaning->entry->symbol != '\0')
        code->symbol = g_strdup (meaning->entry->symbol);
      code->family = dup_family (meaning->entry->family);
    }
  return code;
}

/**
 * cot_code_free:
 * @code: (transfer full) (nullable): a code
 *
 * Frees the code.
 */
void
cot_code_free (CotCode *code)
{
  if (code == NULL)
    return;
  g_free (code->code_text);
  g_free (code->symbol);
  g_free (code->meaning);
  g_free (code->family);
  g_free (code);
}

/**
 * cot_code_lookup:
 * @text: what a person typed: hex with or without 0x, unsigned or signed decimal
 * @known: (out): %FALSE where nothing is known of the code
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the code; %NULL where the text is none
 */
CotCode *
cot_code_lookup (const char *text, gboolean *known)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  CotErrorMeaning meaning = { 0 };
  guint32 value;

  *known = FALSE;
  if (!cot_error_code_parse (stripped, -1, &value))
    return NULL;
  *known = cot_error_code_decode (value, &meaning);
  meaning.code = value;
  return code_from_meaning (&meaning);
}

/**
 * cot_codes_find:
 * @text: any text
 *
 * The known error codes in it, in order. Any thread.
 *
 * Returns: (transfer full) (element-type CotCode): codes
 */
GPtrArray *
cot_codes_find (const char *text)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_code_free);
  g_autoptr (GArray) found = cot_codes_find_in_text (text, (gssize) strlen (text));

  for (guint i = 0; i < found->len; i++)
    {
      const CotFoundCode *place = &g_array_index (found, CotFoundCode, i);
      CotCode *code = code_from_meaning (&place->meaning);

      code->start = place->start_bytes;
      code->end = place->end_bytes;
      g_ptr_array_add (codes, code);
    }
  return codes;
}
