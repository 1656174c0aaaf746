using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>
/// The records of what this process published last, as they were sealed, so that readers who keep up get them without a way through the database. What is published,
/// where it stands and what of it may still be given the database alone says: the tail answers only for the document of a row that was read there, and that document
/// signs for exactly these records. So it may hold what was never committed, and lack anything.
/// </summary>
internal sealed class PublicationTail
{
    /// <summary>About what a record takes beside its payload and label: objects, hashes, texts, and its place in lists.</summary>
    private const int RecordBytes = 512;

    private readonly long _bytesMax;
    private readonly Lock _lock = new();
    /// <summary>Guarded by <see cref="_lock"/>, as all that follows.</summary>
    private readonly Dictionary<Hash256, IReadOnlyList<PublishedRecord>> _records = [];
    private readonly Queue<(Hash256 Publication, long Bytes)> _oldestFirst = [];
    private long _bytes;

    public PublicationTail(IOptions<PublicationTailOptions> options) => _bytesMax = options.Value.BytesMax;

    /// <summary>Keeps whole publications, and lets go of the oldest where they take too much together.</summary>
    public void Add(IEnumerable<Publication> publications)
    {
        foreach (var publication in publications)
        {
            long bytes = publication.Records.Sum(published => (long)RecordBytes + published.Record.Payload.Length + published.Record.Label.Bytes.Length);
            lock (_lock)
            {
                if (!_records.TryAdd(publication.Document.Id, publication.Records)) continue;
                _oldestFirst.Enqueue((publication.Document.Id, bytes));
                _bytes += bytes;
                while (_bytes > _bytesMax)
                {
                    var oldest = _oldestFirst.Dequeue();
                    _records.Remove(oldest.Publication);
                    _bytes -= oldest.Bytes;
                }
            }
        }
    }

    /// <param name="publication">SHA-256 of the publication's document.</param>
    /// <param name="records">All of its records by index, unless false is returned.</param>
    public bool TryFind(Hash256 publication, [NotNullWhen(true)] out IReadOnlyList<PublishedRecord>? records)
    {
        lock (_lock) return _records.TryGetValue(publication, out records);
    }
}
