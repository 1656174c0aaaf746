using System.Buffers;
using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Writes mean elements as CSV with the columns that CelesTrak publishes, and after them those that the first value has beyond these.
/// What a later value has beyond its columns is told, or refused where leaving it out would change what the others mean.
/// </summary>
internal sealed class CsvWriter(Stream stream, FormatWriteOptions options) : IFormatWriter<MeanElements>
{
    private readonly ArrayBufferWriter<byte> _row = new();
    private ElementField[]? _fields;
    private string[] _further = [];
    private long _line = 1;
    private bool _toldCell;

    public ReadIssue? Write(MeanElements value)
    {
        if (_fields is null) WriteHeader(value);
        _row.ResetWrittenCount();
        if (ElementFields.Unwritable(value) is { } wrong) return new ReadIssue(options.FileName, _line, IssueSeverity.Refused, wrong, "", "not a finite number, or not printable text", "correct it");
        string? left = LeftOut(value, out bool matters);
        if (matters) return new ReadIssue(options.FileName, _line, IssueSeverity.Refused, left!, "", "the file has no column for it, since its first set of elements did not have it, and without it the others would mean something else", "write JSON, or files of their own");
        string? empty = null;
        foreach (var field in _fields!)
        {
            int count = field.Print(value, _row.GetSpan(40));
            if (count >= 0) _row.Advance(count);
            else if (field.Text(value) is { } text) WriteCell(text);
            else if (field.IsNumber && Array.IndexOf(ElementFields.Published, field) >= 0) empty ??= field.Keyword;
            WriteByte(',');
        }
        foreach (string keyword in _further)
        {
            if (value.Further.Find(keyword) is { } text) WriteCell(text);
            WriteByte(',');
        }
        EndLine();
        if (left is null) return empty is null ? null : TellCell(empty);
        return new ReadIssue(options.FileName, _line - 1, IssueSeverity.Notice, left, "", "left out: the file has no column for it, since its first set of elements did not have it", "write JSON to keep it");
    }

    /// <summary>What is not known stays empty; programs that take the columns for numbers fail at it.</summary>
    private ReadIssue? TellCell(string keyword)
    {
        if (_toldCell) return null;
        _toldCell = true;
        return new ReadIssue(options.FileName, _line - 1, IssueSeverity.Notice, keyword, "", "not known, and its cell left empty, at which readers such as python-sgp4 fail (told once for the file)", "give it where the file is for them");
    }

    public void Complete()
    {
        if (_fields is null) WriteHeader(null);
    }

    private void WriteHeader(MeanElements? first)
    {
        _fields = [.. ElementFields.Published, .. ElementFields.Others.Where(field => first is not null && field.Text(first) is not null)];
        _further = first is null ? [] : [.. first.Further.Select(field => field.Keyword).Distinct()];
        foreach (var field in _fields)
        {
            _row.Write(field.Name.Span);
            WriteByte(',');
        }
        foreach (string keyword in _further)
        {
            WriteCell(keyword);
            WriteByte(',');
        }
        EndLine();
    }

    /// <returns>The first keyword that has no column; null when all have.</returns>
    /// <param name="matters">Readers would take the elements for something else.</param>
    private string? LeftOut(MeanElements value, out bool matters)
    {
        matters = false;
        foreach (var field in ElementFields.Others)
        {
            if (Array.IndexOf(_fields!, field) >= 0 || field.Text(value) is null) continue;
            // SGP/SGP4 is SGP4 by its older name.
            matters = field.Keyword != "MEAN_ELEMENT_THEORY" || !value.IsConventional;
            return field.Keyword;
        }
        foreach (var field in value.Further)
            if (field.Text is not null && Array.IndexOf(_further, field.Keyword) < 0) return field.Keyword;
        return null;
    }

    private void WriteCell(string text)
    {
        // Blanks at the end of a row are not kept without quotes.
        if (text.AsSpan().IndexOfAny(",\"") < 0 && text == text.Trim(' '))
        {
            Encoding.UTF8.GetBytes(text, _row);
            return;
        }
        WriteByte('"');
        Encoding.UTF8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal), _row);
        WriteByte('"');
    }

    private void WriteByte(char c)
    {
        _row.GetSpan(1)[0] = (byte)c;
        _row.Advance(1);
    }

    /// <summary>The comma that each cell wrote behind itself makes place for the end of the line.</summary>
    private void EndLine()
    {
        stream.Write(_row.WrittenSpan[..^1]);
        stream.Write("\n"u8);
        _row.ResetWrittenCount();
        _line++;
    }
}
