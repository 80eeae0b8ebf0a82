package dev.gatun.cli.inspect;

import dev.gatun.formats.ImportReport;
import dev.gatun.formats.inspect.Contents;
import dev.gatun.formats.inspect.StoredArray;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (verdict.read() != null) {
            addModel(verdict.read().model(), verdict.read().report(), all, lines);
        }
        if (contents != null && (all || verdict.read() == null)) {
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

    private static void addModel(Model model, ImportReport report, boolean all, List<String> lines) {
        lines.add("Inputs:  " + named(model.inputNames(), model.inputShapes()));
        lines.add("Outputs: " + named(model.outputNames(), model.outputShapes()));
        lines.add(model.summaryText().stripTrailing());
        if (all) {
            lines.add(report.toString().stripTrailing());
        } else {
            report.notes().forEach(note -> lines.add("Note: " + note));
        }
    }

    private static String named(List<String> names, List<Shape> shapes) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            parts.add(names.get(i) + " " + shapes.get(i));
        }
        return String.join(", ", parts);
    }

    private void addArrays(boolean all, List<String> lines) {
        List<StoredArray> arrays = contents.arrays();
        long numbers = arrays.stream().mapToLong(array -> Math.max(0, array.elements())).sum();
        if (!arrays.isEmpty()) {
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
        plain.put("model", verdict.read() == null ? null : model(verdict.read().model(), verdict.read().report()));
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

    private static Map<String, Object> model(Model model, ImportReport report) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", model.name());
        plain.put("parameters", model.parameterCount());
        plain.put("inputs", shapes(model.inputNames(), model.inputShapes()));
        plain.put("outputs", shapes(model.outputNames(), model.outputShapes()));
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
        plain.put("notes", report.notes());
        return plain;
    }

    private static Map<String, String> shapes(List<String> names, List<Shape> shapes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), shapes.get(i).toString());
        }
        return map;
    }
}
