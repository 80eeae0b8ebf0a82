package dev.gatun.cli.data;

import dev.gatun.data.Missing;
import dev.gatun.data.time.DateRules;

/**
 * What makes a series of a table's rows.
 *
 * @param date    column that says when each row is, or null
 * @param missing what is done about cells without a value
 * @param dates   how dates are judged
 */
public record RowRules(String date, Missing missing, DateRules dates) {}
