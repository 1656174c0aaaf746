namespace SsaShare.Formats;

/// <summary>
/// What was refused, as it stood in the file but for blanks at the ends of its lines, with what has to stand around it so that it can be read
/// again by itself: <see cref="Before"/>, <see cref="Text"/> and <see cref="After"/> one after the other are a file of the same format.
/// </summary>
/// <param name="Issues">Why; at least one, the first tells where. Not more than <see cref="IssuesMax"/>.</param>
public sealed record RefusedPart(IReadOnlyList<ReadIssue> Issues)
{
    /// <summary>Most bytes of a text that are kept.</summary>
    public const int TextBytesMax = 64 * 1024;

    /// <summary>Most issues that are told of one part.</summary>
    public const int IssuesMax = 20;

    /// <summary>The file as a whole is refused: the text is its beginning, which whoever gave the stream has.</summary>
    public bool IsWholeFile { get; init; }

    /// <summary>Reading stopped here because so much was wrong: what follows in the file is neither read nor kept.</summary>
    public bool EndsReading { get; init; }

    /// <summary>What gives the text its meaning: the file's header, the metadata of its segment.</summary>
    public ReadOnlyMemory<byte> Before { get; init; }

    /// <summary>The lines that were refused. Empty where there is nothing to show, such as a missing end.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>What ends the section that the text stands in.</summary>
    public ReadOnlyMemory<byte> After { get; init; }

    /// <summary>The text is not all of it: it was longer than is kept, or reading stopped.</summary>
    public bool IsCut { get; init; }
}
