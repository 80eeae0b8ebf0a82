package dev.gatun.formats.hdf5;

import dev.gatun.formats.FormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Several files that are read as one: a group has what it has in all of them, numbers come from the first that has them. */
public final class Hdf5Parts implements Hdf5Tree {

    private final Hdf5Name name;
    private final List<Hdf5File> files;

    private Hdf5Parts(Hdf5Name name, List<Hdf5File> files) {
        this.name = name;
        this.files = files;
    }

    /**
     * Opens all of them.
     *
     * @param name  of what lists them, for messages
     * @param paths of the machine's own file system
     * @throws FormatException if one cannot be read, is damaged or not HDF5, or whatever the work throws
     */
    public static <R> R read(Hdf5Name name, List<Path> paths, Work<R> work) throws FormatException {
        List<Hdf5Handle> open = new ArrayList<>();
        List<Hdf5File> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                Hdf5Name own = new Hdf5Name(path.toString(), "", name.fix());
                open.add(Hdf5File.handle(own, path));
                files.add(Hdf5File.of(own, open.getLast()));
            }
            return Hdf5File.guarded(new Hdf5Name(name.file(), "one of its files of weights", name.fix()),
                    () -> work.with(new Hdf5Parts(name, List.copyOf(files))));
        } finally {
            open.forEach(Hdf5Handle::close);
        }
    }

    @Override
    public boolean hasGroup(String path) {
        return files.stream().anyMatch(file -> file.hasGroup(path));
    }

    @Override
    public List<String> names(String path) {
        TreeSet<String> names = new TreeSet<>();
        files.forEach(file -> names.addAll(file.names(path)));
        return List.copyOf(names);
    }

    @Override
    public String text(String path, String attribute) throws FormatException {
        for (Hdf5File file : files) {
            String text = file.text(path, attribute);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    @Override
    public Hdf5Dataset dataset(String path) {
        return files.stream().map(file -> file.dataset(path)).filter(Objects::nonNull).findFirst().orElse(null);
    }

    @Override
    public FormatException wrong(String reason) {
        return name.wrong(reason);
    }
}
