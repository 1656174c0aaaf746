using System.Text;

namespace SsaShare.Formats;

/// <summary>Writes laser ranging records; headers of version 1 in their columns, everything else with one blank between fields.</summary>
internal sealed class CrdWriter(Stream stream, FormatWriteOptions options) : ObservationLineWriter(stream, options)
{
    private int _version;
    private bool _inPass;

    public override void Complete()
    {
        if (_inPass) Line("H8");
        _inPass = false;
        base.Complete();
    }

    protected override string? Format(ObservationRecord value)
    {
        if (value.Laser is not { } record)
        {
            CannotHold("observation", value.Target.Tag ?? "", "a laser range belongs to a pass with its headers, which this observation has not", "write ssa-jsonl or another format of observations");
            return null;
        }
        if (LaserRecordTable.Find(record.Type) is not { } table)
        {
            CannotHold("record", record.Type, "the format has no such record", "remove it");
            return null;
        }
        if (_version == 0 && record.Type is not ("H1" or "00")) CannotHold("record", record.Type, "no H1 before it", "begin with the file's header");
        for (int i = 0; i < record.Fields.Count; i++)
        {
            var (name, text) = record.Fields[i];
            if (i >= table.Count || table[i].Name != name) CannotHold(name, text, $"not a field of record {record.Type} in this place", "give the fields in the format's order");
            else if (!IsWritable(table[i], text)) CannotHold(name, text, "cannot be written as one word", "write it without blanks");
        }
        if (HasComplaint) return null;
        if (record.Type == "H1") _version = (int)(record.Number("version") ?? 2);
        _inPass = record.Type switch { "H4" => true, "H8" => false, _ => _inPass };
        return Text(record, table);
    }

    private string Text(LaserRecord record, IReadOnlyList<LaserField> table)
    {
        var line = new StringBuilder(record.Type);
        for (int i = 0; i < record.Fields.Count; i++)
        {
            string text = record.Fields[i].Value;
            int width = _version == 1 ? table[i].Width : 0;
            line.Append(' ').Append(table[i].Kind == LaserFieldKind.Text ? text.PadRight(width) : text.PadLeft(width));
        }
        return line.ToString().TrimEnd(' ');
    }

    private static bool IsWritable(LaserField field, string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n') >= 0) return false;
        return field.Kind == LaserFieldKind.Line || (text.Length > 0 && text.AsSpan().IndexOfAny(' ', '\t') < 0 && LaserRecordTable.Check(field, Encoding.UTF8.GetBytes(text)) is null);
    }
}
