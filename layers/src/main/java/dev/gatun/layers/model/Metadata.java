package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A small map for any number of threads: every change makes a new map, so that who goes through one, a save for example, is
 * never disturbed. Keeps the order of first entry.
 */
final class Metadata extends AbstractMap<String, String> {

    private volatile Map<String, String> now = Collections.emptyMap();

    @Override
    public synchronized String put(String key, String value) {
        Arguments.required(key, "Model.metadata", "key", "a text");
        Arguments.required(value, "Model.metadata", "value of '" + key + "'", "a text, which may be empty");
        Map<String, String> next = new LinkedHashMap<>(now);
        String before = next.put(key, value);
        now = next;
        return before;
    }

    @Override
    public synchronized String remove(Object key) {
        Map<String, String> next = new LinkedHashMap<>(now);
        String before = next.remove(key);
        now = next;
        return before;
    }

    @Override
    public synchronized void clear() {
        now = Collections.emptyMap();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return now.size();
            }

            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Walk(Collections.unmodifiableMap(now).entrySet().iterator());
            }
        };
    }

    /** Through the map as it was; removes from the map as it is. */
    private final class Walk implements Iterator<Entry<String, String>> {

        private final Iterator<Entry<String, String>> entries;
        private Entry<String, String> last;

        Walk(Iterator<Entry<String, String>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Entry<String, String> next() {
            last = entries.next();
            return last;
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("No entry has been visited to be removed");
            }
            Metadata.this.remove(last.getKey());
            last = null;
        }
    }
}
