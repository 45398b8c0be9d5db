/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry.h"

#include <stdio.h>

#include "../unit/test-rows.h"

/* Whatever stands around it: each line that is a value becomes one row, with the key that it stands
 * under, in the order of the file; and the numbers in it are those that were written. */

#define N_FILES 300

typedef struct
{
  GString *text;
  GPtrArray *names; /* char*, of the values so far */
  GPtrArray *keys;  /* (nullable) char*, of each */
  GPtrArray *data;  /* (nullable) char*, what each row must end with */
  char *key;
  const char *line_end;
  gboolean is_dump;
} File;

static const char *const noise[] = {
  "",         "   ",      "; a remark", "words without a sense",
  "\"open",   "\"a\"b",   "[",          "]",
  "=",        "@",        "\\",         "00,01",
  "\xff\xfe", "\x1f\x1e", "'",          "hex:00,\\",
  "-",
};

static char *
make_hex (guint n_bytes, const char *line_end)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_bytes; i++)
    {
      g_string_append_printf (text, "%s%02x", i > 0 ? "," : "", g_test_rand_int () & 0xff);
      if (i + 1 < n_bytes && g_test_rand_int_range (0, 8) == 0)
        g_string_append_printf (text, ",\\%s  ", line_end);
    }
  return g_strdup (text->str);
}

static void
add_value (File *file)
{
  char *name = g_strdup_printf ("N%u", file->names->len);
  guint32 number = (guint32) g_test_rand_int ();
  guint n_bytes = (guint) g_test_rand_int_range (0, 60);
  char *ends_with = NULL;
  g_autofree char *value = NULL;
  g_autofree char *hex = make_hex (n_bytes, file->line_end);

  switch (g_test_rand_int_range (0, file->is_dump ? 4 : 6))
    {
    case 0:
      value = g_strdup_printf ("dword:%08x", number);
      ends_with = g_strdup_printf ("(%u)", number);
      break;
    case 1:
      value = g_strdup_printf ("hex(3):%s", hex);
      ends_with = g_strdup_printf ("(%u %s)", n_bytes, n_bytes == 1 ? "byte" : "bytes");
      break;
    case 2:
      value = g_strdup_printf ("\"text %u\"", number);
      ends_with = g_strdup_printf ("\"text %u\"", number);
      break;
    case 3:
      value = g_strdup_printf ("hex(2):%s", hex);
      break;
    case 4:
      value = g_strdup_printf ("\"C:\\\\%u \\\"x\\\"%s; two%s@ %u\"", number, file->line_end,
                               file->line_end, number);
      ends_with = g_strdup_printf ("@ %u\"", number);
      break;
    default:
      value = g_strdup ("-");
      ends_with = g_strdup ("is deleted)");
      break;
    }
  g_string_append_printf (file->text, "\"%s\"=%s%s", name, value, file->line_end);
  g_ptr_array_add (file->names, name);
  g_ptr_array_add (file->keys, g_strdup (file->key));
  g_ptr_array_add (file->data, ends_with);
}

static void
add_key (File *file)
{
  g_free (file->key);
  file->key = g_strdup_printf ("HKEY_LOCAL_MACHINE\\Contoso\\%u", (guint) g_test_rand_int ());
  g_string_append_printf (file->text, "[%s]%s", file->key, file->line_end);
}

static void
add_noise (File *file)
{
  const char *line = noise[g_test_rand_int_range (0, G_N_ELEMENTS (noise))];

  g_string_append_printf (file->text, "%s%s", line, file->line_end);
  /* What comes behind a key that cannot be read is not the last one's. */
  if (g_str_equal (line, "["))
    {
      g_free (file->key);
      file->key = g_strdup ("");
    }
}

static void
file_clear (File *file)
{
  g_string_free (file->text, TRUE);
  g_ptr_array_unref (file->names);
  g_ptr_array_unref (file->keys);
  g_ptr_array_unref (file->data);
  g_free (file->key);
}

static void
make_file (File *file)
{
  guint n = (guint) g_test_rand_int_range (0, 120);
  guint kind = (guint) g_test_rand_int_range (0, 3);

  *file = (File){ .line_end = g_test_rand_bit () ? "\r\n" : "\n", .is_dump = kind == 2 };
  file->text = g_string_new (kind == 0   ? "Windows Registry Editor Version 5.00"
                             : kind == 1 ? "REGEDIT4"
                                         : "");
  g_string_append (file->text, file->line_end);
  file->names = g_ptr_array_new_with_free_func (g_free);
  file->keys = g_ptr_array_new_with_free_func (g_free);
  file->data = g_ptr_array_new_with_free_func (g_free);
  add_key (file);
  for (guint i = 0; i < n; i++)
    switch (g_test_rand_int_range (0, 6))
      {
      case 0:
        add_key (file);
        break;
      case 1:
        add_noise (file);
        break;
      default:
        add_value (file);
        break;
      }
}

static void
check_file (const File *file)
{
  g_autoptr (Rows) rows = rows_new (&cot_conversion_registry, file->text->str, file->text->len);
  guint n_found = 0;

  for (guint i = 0; i < rows->n; i++)
    {
      const CotEntry *entry = rows_get (rows, i);
      g_autofree char *message = g_strndup (entry->message.data, entry->message.length_bytes);
      g_autofree char *context = g_strndup (entry->context.data, entry->context.length_bytes);
      g_autofree char *start = NULL;
      guint number;

      if (message[0] != 'N' || sscanf (message, "N%u = ", &number) != 1)
        continue;
      /* In the order of the file each has its turn, once. */
      g_assert_cmpuint (number, ==, n_found);
      start = g_strdup_printf ("N%u = ", number);
      g_assert_true (g_str_has_prefix (message, start));
      g_assert_cmpstr (context, ==, file->keys->pdata[number]);
      if (file->data->pdata[number] != NULL
          && !g_str_has_suffix (message, file->data->pdata[number]))
        g_error ("%s\ndoes not end with %s", message, (char *) file->data->pdata[number]);
      n_found++;
    }
  g_assert_cmpuint (n_found, ==, file->names->len);
}

static void
test_values (void)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      File file;

      make_file (&file);
      check_file (&file);
      file_clear (&file);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/values", test_values);
  return g_test_run ();
}
