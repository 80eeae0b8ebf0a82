package dev.gatun.cli.inspect;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.CsvFile;
import dev.gatun.cli.data.Table;
import dev.gatun.cli.data.TableCell;
import dev.gatun.formats.inspect.Contents;
import dev.gatun.formats.inspect.StoredArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of comma-separated values: its columns, and how many of their cells are numbers. */
public final class TableContents {

    /** The type of a column in which every cell that is not empty is a number. */
    static final String NUMBERS = "numbers";

    private static final String FORMAT = "table (CSV)";
    private static final int START_BYTES = 4096;
    private static final String SEPARATORS = ",;\t";

    private TableContents() {}

    static boolean isTable(Contents contents) {
        return contents.format().equals(FORMAT);
    }

    /** @throws IOException if it cannot be read */
    public static Optional<Contents> of(Path file) throws IOException {
        if (!isTable(file)) {
            return Optional.empty();
        }
        try {
            List<Table.Row> rows = CsvFile.rows(file);
            boolean isHeaded = !rows.getFirst().cells().stream().allMatch(TableCell::isNumber);
            List<Table.Row> data = isHeaded ? rows.subList(1, rows.size()) : rows;
            Map<String, String> said = new LinkedHashMap<>();
            said.put("rows", String.valueOf(data.size()));
            said.put("header", isHeaded ? "yes" : "no");
            return Optional.of(new Contents(FORMAT, "", columns(rows.getFirst(), isHeaded, data), said, ""));
        } catch (Refusal notATable) {
            return Optional.of(new Contents("text", "", List.of(), Map.of(), notATable.getMessage()));
        }
    }

    private static List<StoredArray> columns(Table.Row first, boolean isHeaded, List<Table.Row> data) {
        List<StoredArray> columns = new ArrayList<>();
        for (int c = 0; c < first.cells().size(); c++) {
            int column = c;
            long numbers = data.stream().filter(row -> TableCell.isNumber(row.cells().get(column))).count();
            long empty = data.stream().filter(row -> TableCell.isMissing(row.cells().get(column))).count();
            columns.add(new StoredArray(
                    isHeaded ? first.cells().get(c).strip() : String.valueOf(c + 1),
                    numbers > 0 && numbers + empty == data.size()
                            ? NUMBERS
                            : numbers == 0 ? "text" : "numbers and text",
                    empty == 0 ? data.size() + " rows" : data.size() + " rows, " + empty + " of them empty",
                    data.size()));
        }
        return columns;
    }

    /** Text whose first line has a separator, or that is named so. */
    private static boolean isTable(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(START_BYTES);
        }
        boolean isSeparated = false;
        for (int i = 0; i < start.length && start[i] != '\n'; i++) {
            isSeparated |= SEPARATORS.indexOf(start[i]) >= 0;
        }
        return CsvFile.isText(start) && (isSeparated || String.valueOf(file.getFileName()).endsWith(".csv"));
    }
}
