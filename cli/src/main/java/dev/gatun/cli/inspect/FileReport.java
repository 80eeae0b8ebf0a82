package dev.gatun.cli.inspect;

import dev.gatun.cli.model.Port;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.inspect.Contents;
import dev.gatun.formats.inspect.StoredArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is known of a file, for people and for programs.
 *
 * @param file     that was looked at
 * @param contents what it holds; null if that is unknown
 * @param verdict  what Gatun does with it
 */
public record FileReport(Path file, Contents contents, Verdict verdict) {

    private static final int MOST_ARRAYS = 40;
    private static final int LONGEST = 160;

    /**
     * Lines for people.
     *
     * @param all whether nothing is left out
     * @throws IOException if the file's size cannot be read
     */
    public String text(boolean all) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(file + ": " + format() + (Files.isRegularFile(file) ? ", " + Files.size(file) + " bytes" : "")
                + (writer().isEmpty() ? "" : ", written by " + writer()));
        lines.add("Gatun: " + verdict.words());
        if (contents != null && !contents.problem().isEmpty()) {
            lines.add("Wrong: " + contents.problem());
        }
        boolean isModel = verdict.kind() == Verdict.Kind.MODEL;
        if (verdict.model() != null) {
            lines.add("Inputs:  " + Port.text(verdict.model().inputs()));
            lines.add("Outputs: " + Port.text(verdict.model().outputs()));
            addModel(verdict.model(), all, lines);
        }
        if (contents != null && (all || !isModel)) {
            addArrays(all, lines);
        }
        if (contents != null && !contents.metadata().isEmpty()) {
            lines.add("Metadata:");
            contents.metadata().forEach((key, value) -> lines.add("  " + key + ": " + shown(value, all)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String format() {
        return contents == null ? Files.isDirectory(file) ? "folder" : "of an unknown kind" : contents.format();
    }

    private String writer() {
        return contents == null ? "" : contents.writer();
    }

    private static void addModel(RunnableModel model, boolean all, List<String> lines) {
        model.model().ifPresent(layers -> lines.add(layers.summaryText().stripTrailing()));
        if (all && model.imported().isPresent()) {
            lines.add(model.imported().get().report().toString().stripTrailing());
        } else {
            model.notes().forEach(note -> lines.add("Note: " + note));
        }
    }

    private void addArrays(boolean all, List<String> lines) {
        List<StoredArray> arrays = contents.arrays();
        long numbers = arrays.stream().mapToLong(array -> Math.max(0, array.elements())).sum();
        if (TableContents.isTable(contents)) {
            lines.add("Holds " + arrays.size() + (arrays.size() == 1 ? " column:" : " columns:"));
        } else if (!arrays.isEmpty()) {
            lines.add("Holds " + arrays.size() + (arrays.size() == 1 ? " part, " : " parts, ") + numbers + " values:");
        }
        int shown = all ? arrays.size() : Math.min(MOST_ARRAYS, arrays.size());
        for (StoredArray array : arrays.subList(0, shown)) {
            lines.add("  " + shown(array.name(), all) + " " + array.type() + " " + array.shape());
        }
        if (shown < arrays.size()) {
            lines.add("  ... and " + (arrays.size() - shown) + " more; --all lists them");
        }
    }

    private static String shown(String value, boolean all) {
        String line = value.replaceAll("\\s+", " ");
        return all || line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /**
     * Plain values for JSON.
     *
     * @throws IOException if the file's size cannot be read
     */
    public Map<String, Object> plain() throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("file", file.toString());
        plain.put("bytes", Files.isRegularFile(file) ? Files.size(file) : null);
        plain.put("format", contents == null ? null : contents.format());
        plain.put("written_by", writer().isEmpty() ? null : writer());
        plain.put("verdict", verdict.kind().word());
        plain.put("says", verdict.words());
        plain.put("problem", contents == null || contents.problem().isEmpty() ? null : contents.problem());
        plain.put("model", verdict.model() == null ? null : model(verdict.model()));
        List<Map<String, Object>> arrays = new ArrayList<>();
        if (contents != null) {
            contents.arrays().forEach(array -> arrays.add(array(array)));
        }
        plain.put("arrays", arrays);
        plain.put("metadata", contents == null ? Map.of() : contents.metadata());
        return plain;
    }

    private static Map<String, Object> array(StoredArray array) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", array.name());
        plain.put("type", array.type());
        plain.put("shape", array.shape());
        plain.put("elements", array.elements() == StoredArray.UNKNOWN ? null : array.elements());
        return plain;
    }

    private static Map<String, Object> model(RunnableModel model) {
        Map<String, Object> plain = new LinkedHashMap<>();
        model.model().ifPresent(layers -> {
            plain.put("name", layers.name());
            plain.put("parameters", layers.parameterCount());
        });
        plain.put("inputs", texts(model.inputs(), Port::shapeText));
        plain.put("input_types", texts(model.inputs(), Port::type));
        plain.put("outputs", texts(model.outputs(), Port::shapeText));
        model.imported().ifPresent(read -> addLayers(read.report(), plain));
        plain.put("notes", model.notes());
        return plain;
    }

    private static void addLayers(ImportReport report, Map<String, Object> plain) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (ImportReport.Mapped mapped : report.layers()) {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("name", mapped.layer());
            layer.put("kind", mapped.kind());
            layer.put("weights", mapped.weights());
            layers.add(layer);
        }
        plain.put("layers", layers);
        plain.put("source", report.source());
    }

    private static Map<String, String> texts(List<Port> ports, Function<Port, String> text) {
        Map<String, String> map = new LinkedHashMap<>();
        ports.forEach(port -> map.put(port.name(), text.apply(port)));
        return map;
    }
}
