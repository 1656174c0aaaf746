using System.Text;

namespace SsaShare.Formats;

/// <summary>A keyword of 502.0-B that has a property of its own: how its text is read and printed.</summary>
internal abstract class ElementField(string keyword)
{
    public string Keyword => keyword;

    /// <summary>In UTF-8.</summary>
    public ReadOnlyMemory<byte> Name { get; } = Encoding.ASCII.GetBytes(keyword);

    /// <summary>Its place in <see cref="ElementFields.All"/>.</summary>
    public int Index { get; set; }

    /// <summary>No set of elements is without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Stands without quotes in JSON.</summary>
    public abstract bool IsNumber { get; }

    /// <summary>What a right text is, for people.</summary>
    public abstract string Expected { get; }

    /// <param name="text">Not empty, without blanks around it.</param>
    /// <returns>Null when it is taken; otherwise why not.</returns>
    public abstract string? Read(ReadOnlySpan<byte> text, ElementBuilder to);

    /// <returns>The text; null where the elements do not have it.</returns>
    public abstract string? Text(MeanElements elements);

    /// <summary>Prints the text, where it is printable ASCII of at most 32 bytes; otherwise <see cref="Text"/> has it.</summary>
    /// <returns>Bytes printed; below 0 where <see cref="Text"/> must be asked.</returns>
    public virtual int Print(MeanElements elements, Span<byte> to) => -1;

    /// <returns>False where the elements hold what cannot be written, which only a program can make.</returns>
    public virtual bool IsWritable(MeanElements elements) => true;
}

/// <summary>A text.</summary>
/// <param name="otherwise">What no text means; null for nothing.</param>
internal sealed class TextField(string keyword, Func<MeanElements, string?> get, Action<ElementBuilder, string> set, string? otherwise = null) : ElementField(keyword)
{
    private const int LongestBytes = 200;

    public override bool IsNumber => false;

    public override string Expected => "a printable text";

    public override string? Read(ReadOnlySpan<byte> text, ElementBuilder to)
    {
        if (text.Length > LongestBytes) return $"longer than {LongestBytes} bytes";
        if (!ElementText.TryRead(text, out string? found)) return "not printable text in UTF-8";
        set(to, found);
        return null;
    }

    public override string? Text(MeanElements elements) => get(elements) is { Length: > 0 } text && text != otherwise ? text : null;

    public override bool IsWritable(MeanElements elements) => ElementText.IsPrintable(get(elements));
}

/// <summary>One capital letter.</summary>
internal sealed class LetterField(string keyword, Func<MeanElements, char?> get, Action<ElementBuilder, char> set) : ElementField(keyword)
{
    public override bool IsNumber => false;

    public override string Expected => "a capital letter";

    public override string? Read(ReadOnlySpan<byte> text, ElementBuilder to)
    {
        if (text.Length != 1 || text[0] is < (byte)'A' or > (byte)'Z') return "not a capital letter";
        set(to, (char)text[0]);
        return null;
    }

    public override string? Text(MeanElements elements) => get(elements)?.ToString();
}

/// <summary>A date and time.</summary>
internal sealed class EpochField(string keyword, Func<MeanElements, ElementEpoch> get, Action<ElementBuilder, ElementEpoch> set) : ElementField(keyword)
{
    public override bool IsNumber => false;

    public override string Expected => "YYYY-MM-DDThh:mm:ss.ffffff";

    public override string? Read(ReadOnlySpan<byte> text, ElementBuilder to)
    {
        if (ElementEpochText.Read(text, out var epoch, out bool isExact) is { } reason) return reason;
        set(to, epoch);
        to.IsEpochCut = !isExact;
        return null;
    }

    public override string? Text(MeanElements elements) => get(elements).ToString();

    public override int Print(MeanElements elements, Span<byte> to) => ElementEpochText.Print(get(elements), to);
}
