package dev.gatun.cli.data;

import dev.gatun.cli.console.Refusal;
import java.util.List;

/**
 * A table as it stands in a file, every row as wide as the header.
 *
 * @param source  what messages call it
 * @param columns names, without doubles
 */
public record Table(String source, List<String> columns, List<Row> rows) {

    /**
     * A row.
     *
     * @param line where it begins in the file, counted from 1
     */
    public record Row(long line, List<String> cells) {}

    /**
     * Index of a column.
     *
     * @throws Refusal if there is none of that name, listing those there are
     */
    public int column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new Refusal(source + ": there is no column '" + name + "'; there are " + String.join(", ", columns));
        }
        return index;
    }
}
