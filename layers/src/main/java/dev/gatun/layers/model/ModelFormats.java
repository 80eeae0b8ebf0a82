package dev.gatun.layers.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The readers and writers that are there, and what is said where none fits. */
record ModelFormats(List<ModelReader> readers, List<ModelWriter> writers) {

    private static final String MISSING = "none: add gatun-formats to the class path";

    static ModelFormats installed() {
        return new ModelFormats(services(ModelReader.class), services(ModelWriter.class));
    }

    /** By the class loader of the service: the thread's own may be that of a pool, which knows none of an application's. */
    private static <T> List<T> services(Class<T> service) {
        List<T> found = new ArrayList<>();
        ServiceLoader.load(service, service.getClassLoader()).forEach(found::add);
        return found;
    }

    /** Looks at one after the other, so that a start loads no classes of readers behind the one it needs, and of no writer. */
    static ModelReader reader(ModelSource source) throws IOException {
        for (ModelReader reader : ServiceLoader.load(ModelReader.class, ModelReader.class.getClassLoader())) {
            if (reader.recognises(source)) {
                return reader;
            }
        }
        throw installed().refusal(source);
    }

    private IOException refusal(ModelSource source) throws IOException {
        for (ModelReader reader : readers) {
            Optional<String> said = reader.explains(source);
            if (said.isPresent()) {
                return new IOException(source.name() + " " + said.get());
            }
        }
        return new IOException(source.name()
                + (source.isFolder()
                        ? " is a folder, not a model file; give the path of a file"
                        : " is not a model that Gatun can read; give a file of a kind that is")
                + " (" + whatIsThere() + ")");
    }

    ModelWriter writer(Path path) throws IOException {
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        return byEnding(name).orElseThrow(() -> new IOException("Cannot save a model as '" + path + "': "
                + reason(name) + "; save it as '" + advised(name) + "' (" + whatIsThere() + ")"));
    }

    ModelWriter writer(String format) throws IOException {
        String ending = "." + format;
        return byEnding(ending).orElseThrow(() -> new IOException("Cannot save a model in the format \"" + format
                + "\": " + reason(ending) + "; give \"" + ownEnding().substring(1) + "\" (" + whatIsThere() + ")"));
    }

    private Optional<ModelWriter> byEnding(String name) {
        return writers.stream().filter(writer -> ending(name, writer.endings()).isPresent()).findFirst();
    }

    private String reason(String name) {
        return readers.stream()
                .filter(reader -> ending(name, reader.endings()).isPresent())
                .findFirst()
                .map(reader -> "files of " + reader.name() + " are read, not written")
                .orElse("no format writes such a name");
    }

    /** The same name with an ending that is written in the place of one that is only read, behind any other name. */
    private String advised(String name) {
        String read = readers.stream()
                .flatMap(reader -> ending(name, reader.endings()).stream())
                .findFirst()
                .orElse("");
        String stem = name.substring(0, name.length() - read.length());
        String own = ownEnding();
        if (stem.isBlank() || stem.equals(own)) {
            return "model" + own;
        }
        return stem.endsWith(own) ? stem : stem + own;
    }

    private String ownEnding() {
        return writers.isEmpty() ? ".gatun" : writers.getFirst().endings().getFirst();
    }

    private static Optional<String> ending(String name, List<String> endings) {
        String small = name.toLowerCase(Locale.ROOT);
        return endings.stream().filter(small::endsWith).findFirst();
    }

    private String whatIsThere() {
        return "read: " + listed(readers.stream().map(reader -> named(reader.name(), reader.endings())).toList())
                + "; written: "
                + listed(writers.stream().map(writer -> named(writer.name(), writer.endings())).toList());
    }

    private static String named(String name, List<String> endings) {
        return name + endings.stream().collect(Collectors.joining(", ", " (", ")"));
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? MISSING : String.join(", ", names);
    }
}
