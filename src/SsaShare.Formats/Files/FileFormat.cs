namespace SsaShare.Formats;

/// <summary>How sure a format is that a file is one of its own.</summary>
public enum Recognition
{
    No = 0,
    /// <summary>It could be: nothing speaks against it.</summary>
    Possible = 1,
    /// <summary>Its structure is there: lines of the right form.</summary>
    Likely = 2,
    /// <summary>It says so itself: a version keyword, a root element, a header record.</summary>
    Certain = 3,
}

/// <summary>A format of files: its name, how it is recognised. What it reads and writes is told by <see cref="FileFormat{T}"/>.</summary>
/// <param name="Name">Short and permanent, lower case: tle, oem-xml.</param>
/// <param name="Title">With its standard, for people.</param>
/// <param name="Extension">Of files that are written, with the dot.</param>
/// <param name="Recognise">By the file's first bytes, decompressed and in UTF-8 without a byte order mark: at most <see cref="HeadBytes"/>, or all that there are.</param>
public abstract record FileFormat(string Name, string Title, string Extension, Func<ReadOnlyMemory<byte>, Recognition> Recognise)
{
    /// <summary>As many of the first bytes as are worth looking at.</summary>
    public const int HeadBytes = 4_096;

    public abstract bool CanRead { get; }

    public abstract bool CanWrite { get; }

    /// <summary>Does what needs to know the type of the format's values.</summary>
    public abstract TResult Accept<TResult>(IFormatVisitor<TResult> visitor);
}

/// <summary>What is done with a format of any type of values.</summary>
public interface IFormatVisitor<out TResult>
{
    TResult Visit<T>(FileFormat<T> format) where T : class;
}

/// <summary>A format whose values are of one type; formats of one type are converted into each other value by value.</summary>
public sealed record FileFormat<T>(string Name, string Title, string Extension, Func<ReadOnlyMemory<byte>, Recognition> Recognise) : FileFormat(Name, Title, Extension, Recognise)
    where T : class
{
    /// <summary>Null when the format is only written. The stream is in UTF-8, decompressed.</summary>
    public Func<Stream, FormatReadOptions, IFormatReader<T>>? Open { get; init; }

    /// <summary>Null when the format is only read.</summary>
    public Func<Stream, FormatWriteOptions, IFormatWriter<T>>? Create { get; init; }

    /// <summary>What is counted as a record, where that is not every value.</summary>
    public Func<T, bool> IsRecord { get; init; } = static _ => true;

    /// <summary>What values say, piece by piece and comparable, wherever and however it stood in their file. By default the values themselves.</summary>
    public Func<IEnumerable<T>, IEnumerable<object>> Facts { get; init; } = static values => values;

    public override bool CanRead => Open is not null;

    public override bool CanWrite => Create is not null;

    public override TResult Accept<TResult>(IFormatVisitor<TResult> visitor) => visitor.Visit(this);
}
