package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.NeighbourFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A few files beside a model.json, which are read as one. */
final class TfjsShards implements AutoCloseable {

    private final Path file;
    private final List<Shard> shards = new ArrayList<>();
    private long bytes;
    private Shard open;
    private FileChannel channel;

    private record Shard(Path path, long begin, long size) {}

    private TfjsShards(Path file) {
        this.file = file;
    }

    /** @throws FormatException if one is missing, or lies elsewhere than beside or below the model.json */
    static TfjsShards of(Path file, List<?> paths) throws FormatException {
        TfjsShards shards = new TfjsShards(file);
        for (Object path : paths) {
            shards.add(String.valueOf(path));
        }
        return shards;
    }

    private void add(String name) throws FormatException {
        Path path = NeighbourFile.of(file, name).orElseThrow(() -> outside(name));
        try {
            if (!Files.isRegularFile(path)) {
                throw new FormatException(file, "needs the file " + FormatException.quote(name)
                        + " with weights, which is not beside it; copy it there");
            }
            long size = Files.size(path);
            shards.add(new Shard(path, bytes, size));
            bytes += size;
        } catch (FormatException told) {
            throw told;
        } catch (IOException failed) {
            throw unreadable(path, failed);
        }
    }

    private FormatException outside(String name) {
        return new FormatException(file, "names a file of weights " + FormatException.quote(name)
                + ", which does not lie beside it; copy the weights there and name them so");
    }

    private FormatException unreadable(Path path, IOException failed) {
        return new FormatException(file,
                "its file of weights " + FormatException.quote(String.valueOf(path.getFileName()))
                        + " cannot be read (" + FormatException.reason(failed) + ")")
                .because(failed);
    }

    /** Of all of them. */
    long bytes() {
        return bytes;
    }

    /** For reports. */
    String name() {
        String first = shards.isEmpty() ? "no file" : String.valueOf(shards.getFirst().path().getFileName());
        return shards.size() < 2 ? first : first + " to " + shards.getLast().path().getFileName();
    }

    /** Bytes that are there, as far as was known when the files were counted. */
    byte[] read(long begin, long length) throws FormatException {
        ByteBuffer into = ByteBuffer.allocate(Math.toIntExact(length));
        for (Shard shard : shards) {
            long from = Math.max(begin, shard.begin());
            long to = Math.min(begin + length, shard.begin() + shard.size());
            if (from < to) {
                into.limit(into.position() + (int) (to - from));
                read(shard, from - shard.begin(), into);
            }
        }
        return into.array();
    }

    private void read(Shard shard, long place, ByteBuffer into) throws FormatException {
        try {
            if (open != shard) {
                close();
                channel = FileChannel.open(shard.path());
                open = shard;
            }
            for (long at = place; into.hasRemaining();) {
                int count = channel.read(into, at);
                if (count < 0) {
                    throw new IOException("it was shortened while it was open");
                }
                at += count;
            }
        } catch (IOException failed) {
            throw unreadable(shard.path(), failed);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException late) {
            // It was only read.
        } finally {
            channel = null;
            open = null;
        }
    }
}
