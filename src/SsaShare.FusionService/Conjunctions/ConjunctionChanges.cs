using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Peering;
using SsaShare.Protocol.Catalog.V1;

namespace SsaShare.FusionService;

/// <summary>
/// Tells a reader what changes in its list. A position is a digest of the whole list: whoever comes back with that of the present list has missed nothing, and whoever comes back with another is given
/// the whole. So nothing is kept for readers that are away, a restart loses none of them, and a position tells nothing about anybody else.
/// </summary>
internal sealed class ConjunctionChanges(ConjunctionReader conjunctions, ConjunctionCatalog catalog, ReaderViews views, AgreementBook agreements, IOptions<ScreeningSettings> settings, TimeProvider time)
{
    public const int PositionBytes = SHA256.HashSizeInBytes;

    /// <summary>So many in one answer.</summary>
    private const int AtOnce = 500;

    /// <summary>How soon what is taken away is noticed.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>Until it is cancelled.</summary>
    /// <param name="reader">Who watches.</param>
    /// <param name="selection">What.</param>
    /// <param name="position">Of the last answer; empty for the beginning.</param>
    /// <param name="give">Takes an answer; a slow taker is waited for.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    /// <exception cref="ViewUnsettledException">What the reader may see keeps being taken away.</exception>
    public async Task<bool> WatchAsync(PartnerId reader, ConjunctionSelection selection, ByteString position, Func<WatchConjunctionsResponse, CancellationToken, Task> give, CancellationToken cancellationToken)
    {
        SortedDictionary<string, ByteString>? told = null;
        while (true)
        {
            // Taken before the list, so that no change is missed.
            var (screened, agreed, removals, since) = (catalog.Changed, agreements.Changed, views.Removals, time.GetTimestamp());
            var list = await conjunctions.AnswerAsync(reader, view => view?.Told.Conjunctions.Where(selection.Takes).Select(view.ToWire).ToList(), cancellationToken);
            if (list is not null) told = await TellAsync(list, told, selection, position, give, cancellationToken);
            while (!screened.IsCompleted && !agreed.IsCompleted && removals == views.Removals && time.GetElapsedTime(since) < settings.Value.ViewInterval)
                await Task.WhenAny(screened, agreed, Task.Delay(Glance, time, cancellationToken)).WaitAsync(cancellationToken);
        }
    }

    private static async Task<SortedDictionary<string, ByteString>> TellAsync(IReadOnlyList<Conjunction> list, SortedDictionary<string, ByteString>? told, ConjunctionSelection selection, ByteString position,
        Func<WatchConjunctionsResponse, CancellationToken, Task> give, CancellationToken cancellationToken)
    {
        var present = new SortedDictionary<string, ByteString>(StringComparer.Ordinal);
        foreach (var one in list) present[one.ConjunctionId] = ByteString.CopyFrom(SHA256.HashData(one.ToByteArray()));
        var digest = Digest(present, selection);
        if (told is null && position == digest) return present;
        bool isWhole = told is null;
        var changed = list.Where(one => told is null || !told.TryGetValue(one.ConjunctionId, out var before) || before != present[one.ConjunctionId]).ToList();
        List<string> ended = told is null ? [] : [.. told.Keys.Where(id => !present.ContainsKey(id))];
        if (!isWhole && changed.Count == 0 && ended.Count == 0) return present;
        for (int i = 0; i == 0 || i < changed.Count; i += AtOnce)
        {
            var answer = new WatchConjunctionsResponse { IsComplete = isWhole && i == 0 };
            answer.Conjunctions.AddRange(changed.Skip(i).Take(AtOnce));
            if (i == 0) answer.EndedConjunctionIds.AddRange(ended);
            if (i + AtOnce >= changed.Count) answer.Position = digest;
            await give(answer, cancellationToken);
        }
        return present;
    }

    private static ByteString Digest(SortedDictionary<string, ByteString> list, ConjunctionSelection selection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"ssashare/conjunction-position/v1\n{selection}\n"));
        foreach (var (id, content) in list)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(id));
            hash.AppendData(content.Span);
        }
        return ByteString.CopyFrom(hash.GetHashAndReset());
    }
}
