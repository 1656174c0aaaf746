using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>Reads orbit mean-elements messages from JSON: an array of flat objects, or one such object.</summary>
internal sealed class JsonElementReader<T>(Stream stream, ElementOutput<T> output) : IFormatReader<T>
    where T : class
{
    private const int BatchSize = 256;
    private readonly JsonObjectSource _source = new(stream);
    private readonly JsonElementParser _parser = new(output);
    private bool _completed;

    public IEnumerable<FormatItem<T>> Read()
    {
        while (Advance())
        {
            for (int i = 0; i < output.Items.Count; i++) yield return output.Items[i];
            if (output.Items.Count == 0) _source.Fill();
        }
    }

    public async IAsyncEnumerable<FormatItem<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (Advance())
        {
            for (int i = 0; i < output.Items.Count; i++) yield return output.Items[i];
            if (output.Items.Count == 0) await _source.FillAsync(cancellationToken);
        }
    }

    /// <summary>Parses on until there are items enough to give, data are needed (the items may be none) or the end.</summary>
    private bool Advance()
    {
        output.Items.Clear();
        while (!_completed && output.Items.Count < BatchSize)
        {
            bool wasAtBegin = _source.IsAtBegin;
            switch (_source.Next(out var bytes))
            {
                case JsonFind.Object:
                    if (!_parser.Object(bytes, _source.Line, _source.Column)) Refuse(bytes[.._source.Reject()], "not a flat JSON object");
                    break;
                case JsonFind.Broken when wasAtBegin && _source.IsAtBegin:
                    output.RefuseFile(_source.Line, "file", bytes, "not orbit mean-elements messages in JSON", "send an array of objects with OBJECT_NAME, OBJECT_ID, EPOCH, MEAN_MOTION, ...");
                    break;
                case JsonFind.Broken:
                    Refuse(bytes, _source.Fault);
                    break;
                case JsonFind.Misplaced:
                    Misplaced();
                    break;
                case JsonFind.NeedsData:
                    return true;
                default:
                    _completed = true;
                    if (output.Records == 0 && _source.IsAtBegin && !output.IsStopped) output.RefuseFile(_source.Line, "file", [], "empty", "send an array of objects with OBJECT_NAME, OBJECT_ID, EPOCH, MEAN_MOTION, ...");
                    break;
            }
            _completed |= output.IsStopped;
        }
        return output.Items.Count > 0;
    }

    private void Refuse(ReadOnlySpan<byte> bytes, string reason)
    {
        output.Refuse(_source.Line, _source.Column, "object", bytes, reason, "correct the JSON here");
        output.End(null, _source.Line, [], bytes);
    }

    /// <summary>The objects themselves are not in doubt; what stands between them is.</summary>
    private void Misplaced()
    {
        const string Remedy = "send an array: [, objects with commas between them, ]";
        if (output.IsLenient)
        {
            output.NoticeOnce(_source.Line, _source.Column, "file", [], _source.Fault, Remedy);
            return;
        }
        output.Refuse(_source.Line, _source.Column, "file", [], _source.Fault, Remedy);
        output.End(null, _source.Line, [], []);
    }
}
