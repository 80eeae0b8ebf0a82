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
        return read(name, paths, new ArrayList<>(), work);
    }

    private static <R> R read(Hdf5Name name, List<Path> paths, List<Hdf5File> open, Work<R> work)
            throws FormatException {
        if (open.size() == paths.size()) {
            return work.with(new Hdf5Parts(name, List.copyOf(open)));
        }
        Path next = paths.get(open.size());
        return Hdf5File.read(new Hdf5Name(next.toString(), "", name.fix()), next, hdf -> {
            open.add(hdf);
            return read(name, paths, open, work);
        });
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
