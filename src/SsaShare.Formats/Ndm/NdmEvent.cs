using System.Globalization;

namespace SsaShare.Formats;

/// <summary>What an event of a navigation data message is.</summary>
public enum NdmEventKind
{
    /// <summary>A message begins: <see cref="NdmEvent.Name"/> is its kind (opm, oem ...), <see cref="NdmEvent.Text"/> its version.</summary>
    MessageStart = 1,
    /// <summary>A block begins, named as in XML: header, segment, metadata, data, stateVector, traj ...; "ndm" around the messages of a combined one.</summary>
    BlockStart = 2,
    BlockEnd = 3,
    /// <summary>A keyword with its value and, where the file gives it, its unit. Outside messages: MESSAGE_ID of a combined one.</summary>
    Field = 4,
    Comment = 5,
    /// <summary>Values of an ephemeris, a trajectory or a measurement, the time first. <see cref="NdmEvent.Name"/> is stateVector, trajLine, covLine, manLine or, in a TDM, the keyword measured.</summary>
    Row = 6,
    MessageEnd = 7,
}

/// <summary>
/// One event of a CCSDS navigation data message: what its KVN, XML and JSON form have in common, in the order of the file. Values are the text of the file,
/// in the standard's units. Which blocks, keywords and rows a message has is told by <see cref="NdmTables"/>.
/// </summary>
/// <remarks>
/// Events nest: MessageStart, BlockStart header ... BlockEnd header, BlockStart segment, BlockStart metadata ... and so on, MessageEnd. The body of XML is not told.
/// A matrix of an OEM is a block covarianceMatrix with 21 fields CX_X ... CZ_DOT_Z_DOT. A parameter of the user's is a field USER_DEFINED_name.
/// </remarks>
public sealed class NdmEvent
{
    private NdmEvent(NdmEventKind kind, string name, string text, string? unit, long line, int column)
        => (Kind, Name, Text, Unit, Line, Column) = (kind, name, text, unit, line, column);

    public NdmEventKind Kind { get; }

    /// <summary>Of the message, block, keyword or row; empty for a comment.</summary>
    public string Name { get; }

    /// <summary>Version of a message, value of a field, text of a comment, values of a row with one blank between them; otherwise empty.</summary>
    public string Text { get; }

    /// <summary>As the file gives it; null where it gives none, which means the standard's.</summary>
    public string? Unit { get; }

    /// <summary>From 1; 0 where the event comes from no file.</summary>
    public long Line { get; }

    /// <summary>From 1, in characters; 0 where it is not known.</summary>
    public int Column { get; }

    public static NdmEvent MessageStart(string kind, string version, long line = 0, int column = 0) => new(NdmEventKind.MessageStart, kind, version, null, line, column);

    public static NdmEvent MessageEnd(string kind, long line = 0, int column = 0) => new(NdmEventKind.MessageEnd, kind, "", null, line, column);

    public static NdmEvent BlockStart(string name, long line = 0, int column = 0) => new(NdmEventKind.BlockStart, name, "", null, line, column);

    public static NdmEvent BlockEnd(string name, long line = 0, int column = 0) => new(NdmEventKind.BlockEnd, name, "", null, line, column);

    public static NdmEvent Field(string keyword, string value, string? unit = null, long line = 0, int column = 0) => new(NdmEventKind.Field, keyword, value, unit, line, column);

    /// <summary>The shortest decimals that read back as the same number.</summary>
    public static NdmEvent Field(string keyword, double value, string? unit = null) => Field(keyword, Number(value), unit);

    public static NdmEvent Comment(string text, long line = 0, int column = 0) => new(NdmEventKind.Comment, "", text, null, line, column);

    /// <param name="values">With one blank between them.</param>
    public static NdmEvent Row(string name, string values, long line = 0, int column = 0) => new(NdmEventKind.Row, name, values, null, line, column);

    /// <param name="time">An epoch, or seconds since the epoch of the message where it allows that.</param>
    public static NdmEvent Row(string name, string time, params ReadOnlySpan<double> values)
    {
        var text = new System.Text.StringBuilder(time);
        foreach (double value in values) text.Append(' ').Append(Number(value));
        return Row(name, text.ToString());
    }

    /// <summary>The values of a row, one by one.</summary>
    public MemoryExtensions.SpanSplitEnumerator<char> Values => Text.AsSpan().Split(' ');

    /// <returns>False where the text is no finite number.</returns>
    public bool TryNumber(out double value) => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public override string ToString() => $"{Line}: {Kind} {Name} {Text}{(Unit is null ? "" : $" [{Unit}]")}";

    private static string Number(double value)
        => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number.");
}
