using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>
/// Tells a reader what changes in its list. A position is a digest of the whole list: whoever comes back with that of the present list has missed nothing, and whoever comes back with another is given
/// the whole. So nothing is kept for readers that are away, a restart loses none of them, and a position tells nothing about anybody else.
/// </summary>
internal sealed class ConjunctionChanges(ConjunctionReader conjunctions, ConjunctionCatalog catalog, ReaderViews views, AgreementBook agreements, IOptions<ScreeningSettings> settings, TimeProvider time)
{
    public const int PositionBytes = SHA256.HashSizeInBytes;

    /// <summary>How soon what is taken away is noticed.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>Until it is cancelled.</summary>
    /// <param name="reader">Who watches.</param>
    /// <param name="selection">What.</param>
    /// <param name="position">Of the last answer; empty for the beginning.</param>
    /// <param name="show">What the reader is shown of an approach, with the bytes that say it.</param>
    /// <param name="give">Takes a change; a slow taker is waited for.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    /// <exception cref="ViewUnsettledException">What the reader may see keeps being taken away.</exception>
    public async Task WatchAsync<T>(PartnerId reader, ConjunctionSelection selection, ReadOnlyMemory<byte> position, Func<ConjunctionView, Fusion.BoardConjunction, (T Shown, byte[] Bytes)> show,
        Func<ConjunctionChange<T>, CancellationToken, Task> give, CancellationToken cancellationToken)
    {
        SortedDictionary<string, byte[]>? told = null;
        while (true)
        {
            // Taken before the list, so that no change is missed.
            var (screened, agreed, removals, since) = (catalog.Changed, agreements.Changed, views.Removals, time.GetTimestamp());
            var list = await conjunctions.AnswerAsync(reader, view => view?.Told.Conjunctions.Where(selection.Takes).Select(one => (Id: one.Id.ToString(), Content: show(view, one))).ToList(), cancellationToken);
            if (list is not null)
            {
                var present = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
                foreach (var (id, content) in list) present[id] = SHA256.HashData(content.Bytes);
                byte[] digest = Digest(present, selection);
                bool isWhole = told is null;
                List<T> changed = [.. list.Where(one => told is null || !told.TryGetValue(one.Id, out byte[]? before) || !before.AsSpan().SequenceEqual(present[one.Id])).Select(one => one.Content.Shown)];
                List<string> ended = told is null ? [] : [.. told.Keys.Where(id => !present.ContainsKey(id))];
                if (isWhole ? !position.Span.SequenceEqual(digest) : changed.Count + ended.Count > 0) await give(new ConjunctionChange<T>(changed, ended, isWhole, digest), cancellationToken);
                told = present;
            }
            while (!screened.IsCompleted && !agreed.IsCompleted && removals == views.Removals && time.GetElapsedTime(since) < settings.Value.ViewInterval)
                await Task.WhenAny(screened, agreed, Task.Delay(Glance, time, cancellationToken)).WaitAsync(cancellationToken);
        }
    }

    private static byte[] Digest(SortedDictionary<string, byte[]> list, ConjunctionSelection selection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"ssashare/conjunction-position/v1\n{selection}\n"));
        foreach (var (id, content) in list)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(id));
            hash.AppendData(content);
        }
        return hash.GetHashAndReset();
    }
}

/// <summary>What is different in a reader's list.</summary>
/// <param name="Changed">New or different; with <paramref name="IsWhole"/> everything there is.</param>
/// <param name="Ended">Ids of those that are no more.</param>
/// <param name="IsWhole">What the reader had before counts no more.</param>
/// <param name="Position">To continue from.</param>
internal sealed record ConjunctionChange<T>(IReadOnlyList<T> Changed, IReadOnlyList<string> Ended, bool IsWhole, ReadOnlyMemory<byte> Position);
