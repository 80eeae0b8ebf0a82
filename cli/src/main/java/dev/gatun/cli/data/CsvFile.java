package dev.gatun.cli.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.tensors.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and writes comma-separated values; a file separated by semicolons or tabs is understood too. */
public final class CsvFile {

    private static final String SEPARATORS = ",;\t";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvFile() {}

    /**
     * A table whose first line names its columns.
     *
     * @throws Refusal     if it is empty, ragged, has no header or a column twice: with the line and the fix
     * @throws IOException if it cannot be read
     */
    public static Table table(Path file) throws IOException {
        return table(file.toString(), rows(file));
    }

    /** As {@link #table(Path)}, from an open stream. */
    public static Table table(String source, InputStream in) throws IOException {
        return table(source, rows(source, text(source, in)));
    }

    private static Table table(String source, List<Table.Row> rows) {
        List<String> header = rows.getFirst().cells().stream().map(String::strip).toList();
        if (header.stream().allMatch(cell -> TableCell.isNumber(cell))) {
            throw new Refusal(source + " line " + rows.getFirst().line()
                    + ": the first line should name the columns, but it holds numbers only; put the names above it");
        }
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (name.isEmpty()) {
                throw new Refusal(source + " line " + rows.getFirst().line() + ": column " + (header.indexOf(name) + 1)
                        + " has no name; give it one");
            }
            if (!seen.add(name)) {
                throw new Refusal(source + " line " + rows.getFirst().line() + ": column '" + name
                        + "' is there twice; rename one of them");
            }
        }
        if (rows.size() == 1) {
            throw new Refusal(source + ": there is a header but no row under it; add data");
        }
        return new Table(source, header, rows.subList(1, rows.size()));
    }

    /** Whether a file may be text, by its first bytes. */
    public static boolean isText(byte[] start) {
        for (byte next : start) {
            if (next >= 0 && next < ' ' && next != '\t' && next != '\n' && next != '\r') {
                return false;
            }
        }
        return start.length > 0;
    }

    /**
     * All rows, the first included, each as wide as the first; empty lines are passed over.
     *
     * @throws Refusal if there is none, or one has another width
     */
    public static List<Table.Row> rows(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new Refusal(file + " is a folder; give a file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return rows(file.toString(), text(file.toString(), in));
        }
    }

    private static String text(String source, InputStream in) throws IOException {
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        StringBuilder text = new StringBuilder();
        char[] chunk = new char[1 << 16];
        try {
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk)) {
                text.append(chunk, 0, read);
            }
        } catch (CharacterCodingException notText) {
            throw new Refusal(source + " is not UTF-8 text; save it as CSV in UTF-8");
        }
        return text.toString();
    }

    private static List<Table.Row> rows(String source, String marked) {
        String text = marked.startsWith(BYTE_ORDER_MARK) ? marked.substring(1) : marked;
        List<Table.Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator(text))
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                rows.add(new Table.Row(row.getStartingLineNumber(), row.getFields()));
            }
        } catch (CsvParseException broken) {
            throw new Refusal(source + ": " + broken.getMessage() + "; check the quotation marks");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (rows.isEmpty()) {
            throw new Refusal(source + ": the file is empty; it needs a line of column names and rows under it");
        }
        int width = rows.getFirst().cells().size();
        for (Table.Row row : rows) {
            if (row.cells().size() != width) {
                throw new Refusal(source + " line " + row.line() + ": " + count(row.cells().size())
                        + ", but the first line has " + width + "; every line needs as many");
            }
        }
        return rows;
    }

    private static String count(int cells) {
        return cells + (cells == 1 ? " value" : " values");
    }

    private static char separator(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        char best = SEPARATORS.charAt(0);
        for (char candidate : SEPARATORS.toCharArray()) {
            if (first.chars().filter(c -> c == candidate).count() > first.chars().filter(bestOf(best)).count()) {
                best = candidate;
            }
        }
        return best;
    }

    private static java.util.function.IntPredicate bestOf(char best) {
        return c -> c == best;
    }

    /** Writes rows whole or not at all. */
    public static void write(Path target, Iterable<List<String>> rows) throws IOException {
        AtomicFile.writeStream(target, out -> {
            CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
            for (List<String> row : rows) {
                writer.writeRecord(row);
            }
            writer.flush();
        });
    }
}
