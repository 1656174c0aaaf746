namespace SsaShare.Formats;

/// <summary>
/// Writes files of any format as one file of another: value by value within a family, by way of a bridge between families, in constant memory. What the format cannot hold is
/// refused with the line where it stands in the file that was read. Used by one thread at a time.
/// </summary>
public sealed class Conversion
{
    private readonly FormatCatalog _catalog;
    private readonly FileFormat _target;
    private readonly Target _to;
    private readonly FormatWriteOptions _options;

    /// <param name="output">Stays the caller's.</param>
    /// <exception cref="ArgumentException">The format is only read.</exception>
    public Conversion(FormatCatalog catalog, FileFormat target, Stream output, FormatWriteOptions options)
    {
        if (!target.CanWrite) throw new ArgumentException($"{target.Name} is not written.", nameof(target));
        (_catalog, _target, _options) = (catalog, target, options);
        _to = target.Accept(new Creation(output, options));
    }

    /// <summary>Of all files that were added.</summary>
    public FileCounts Counts { get; } = new();

    /// <summary>Adds what a file holds.</summary>
    /// <exception cref="IOException">A stream fails.</exception>
    /// <exception cref="ArgumentException">There is no way from the file's format to this one.</exception>
    /// <returns>False when the file broke off, or was given up because so much was wrong.</returns>
    public bool Add(FileWork work, CancellationToken cancellationToken = default) => work.Format.Accept(new Addition(this, work, cancellationToken));

    /// <summary>Writes what ends the file, once, after the last that was added.</summary>
    public void Complete() => _to.Complete();

    private abstract class Target
    {
        /// <returns>Null when there is no way.</returns>
        public abstract IFormatWriter<TFrom>? WriterFor<TFrom>(FileFormat<TFrom> from, Conversion conversion, out bool isBridge) where TFrom : class;

        public abstract void Complete();
    }

    private sealed class Target<TTo>(FileFormat<TTo> format, IFormatWriter<TTo> writer) : Target where TTo : class
    {
        private readonly CountingWriter<TTo> _writer = new(format, writer);

        public override IFormatWriter<TFrom>? WriterFor<TFrom>(FileFormat<TFrom> from, Conversion conversion, out bool isBridge)
        {
            _writer.Counts = conversion.Counts;
            isBridge = from is not FileFormat<TTo>;
            if (from is FileFormat<TTo> same) return FormatCatalog.AreAlike(same, format) ? (IFormatWriter<TFrom>)(object)_writer : null;
            return conversion._catalog.Bridge(from, format)?.Connect(_writer, conversion._options);
        }

        public override void Complete() => writer.Complete();
    }

    private sealed class Creation(Stream output, FormatWriteOptions options) : IFormatVisitor<Target>
    {
        public Target Visit<T>(FileFormat<T> format) where T : class => new Target<T>(format, format.Create!(output, options));
    }

    private sealed class Addition(Conversion conversion, FileWork work, CancellationToken cancellationToken) : IFormatVisitor<bool>
    {
        public bool Visit<T>(FileFormat<T> format) where T : class
        {
            var writer = conversion._to.WriterFor(format, conversion, out bool isBridge) ?? throw new ArgumentException($"There is no way from {format.Name} to {conversion._target.Name}.");
            // A bridge that gathers several values knows better where they began.
            bool isWhole = work.Run(format, conversion.Counts,
                (value, line) => writer.Write(value) is { } issue ? issue with { File = work.Options.FileName, Line = isBridge && issue.Line > 1 ? issue.Line : line } : null, cancellationToken);
            writer.Complete();
            return isWhole;
        }
    }
}
