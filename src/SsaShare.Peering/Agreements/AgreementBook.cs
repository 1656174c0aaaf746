using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>The agreements of this node as one immutable snapshot, replaced whole when one changes.</summary>
public sealed partial class AgreementBook(NodeIdentity identity, PeerDirectory directory, IAgreementStore store, TimeProvider time, ILogger<AgreementBook> logger) : IDisposable
{
    /// <summary>Most agreements signed by one partner that wait for others' signatures here: a partner can neither fill the store with proposals nor keep others' out.</summary>
    public const int OpenProposalsMax = 200;

    private readonly WaitingLine _writing = new();
    private readonly ActivePeriods _periods = new();
    private bool _isUnsure;
    private volatile Snapshot _snapshot = new(ImmutableDictionary<AgreementId, BookEntry>.Empty);

    /// <summary>Completes when an agreement changes; taken before reading, so that no change is missed.</summary>
    public Task Changed => _snapshot.Replaced.Task;

    /// <summary>In the order of their ids, the same in every process.</summary>
    public IEnumerable<BookEntry> Entries => _snapshot.InOrder;

    private Epoch Now => Utc.FromDateTime(time.GetUtcNow());

    private IReadOnlyCollection<Signing.KeyHistory> Keys => directory.Keys.Histories;

    public BookEntry? Find(AgreementId id) => _snapshot.Entries.GetValueOrDefault(id);

    /// <summary>Cancelled when the agreement is no longer in force. Taken before the state is read, no change is missed.</summary>
    public CancellationToken WhileActive(AgreementId id) => _periods.Of(id);

    /// <summary>Reads the store. Called once at start, after the directory.</summary>
    /// <exception cref="InvalidDataException">A stored agreement or transition no longer verifies: the database or the pinned cards were altered.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await ReadStoreAsync(cancellationToken);
        // A stop between keeping a successor and superseding its predecessor is made good here, and what ended while the node was down ends.
        await SettleEntriesAsync(cancellationToken);
    }

    private async Task ReadStoreAsync(CancellationToken cancellationToken)
    {
        var transitions = (await store.ListTransitionsAsync(cancellationToken)).Select(ReadStored).ToLookup(transition => transition.Document.Agreement);
        var entries = ImmutableDictionary.CreateBuilder<AgreementId, BookEntry>();
        foreach (var stored in await store.ListAsync(cancellationToken))
        {
            if (!AgreementEnvelope.TryParse(stored.Envelope.Span, out var envelope, out string? fault)) throw new InvalidDataException($"Stored agreement {stored.Id}: {fault}");
            var verification = envelope.Verify(Keys);
            if (verification.Agreement is null) throw new InvalidDataException($"Stored agreement {stored.Id}: {verification.Explanation}");
            entries.Add(stored.Id, Explained(new BookEntry(envelope, verification, stored.State), transitions[stored.Id]));
        }
        Replace(entries.ToImmutable());
    }

    /// <summary>Waits for the turn to write. After a save that failed, which may be stored all the same, the store is read first.</summary>
    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        await _writing.EnterAsync(cancellationToken);
        if (!_isUnsure) return;
        try
        {
            await ReadStoreAsync(cancellationToken);
            _isUnsure = false;
        }
        catch
        {
            _writing.Leave();
            throw;
        }
    }

    /// <summary>Stores, then shows: whoever reads the book sees only what is durable.</summary>
    private async Task SaveAsync(BookEntry entry, Func<Task> save)
    {
        try
        {
            await save();
        }
        catch
        {
            _isUnsure = true;
            throw;
        }
        Replace(_snapshot.Entries.SetItem(entry.Agreement.Id, entry));
    }

    /// <summary>Fixes, signs and keeps an agreement that this node's operator proposes.</summary>
    public Task<AgreementAcceptance> ProposeAsync(Agreement agreement, CancellationToken cancellationToken)
        => agreement.HasParty(identity.Partner)
            ? KeepAsync(AgreementEnvelope.Of(agreement).Sign(identity.SigningKey), identity.Partner, cancellationToken)
            : Task.FromResult(new AgreementAcceptance(null, $"'{identity.Partner}' is not a party to this agreement."));

    /// <summary>Adds this node's signature to an agreement that it holds.</summary>
    public async Task<AgreementAcceptance> SignAsync(AgreementId id, CancellationToken cancellationToken)
        => Find(id) is not { } entry ? new AgreementAcceptance(null, $"There is no agreement {id} here.")
            : entry.Status.IsFinal || Now >= entry.Agreement.Terms.ValidUntil ? new AgreementAcceptance(null, $"The agreement is {(entry.Status.IsFinal ? entry.State : AgreementState.Expired)}; it is signed no more.")
            : await KeepAsync(entry.Envelope.Sign(identity.SigningKey), identity.Partner, cancellationToken);

    /// <summary>Takes an envelope from a peer: verifies it, unites its signatures with those known, and keeps it when it tells something new.</summary>
    /// <param name="received">Any envelope.</param>
    /// <param name="from">Who gives it; must be a party.</param>
    public async Task<AgreementAcceptance> KeepAsync(AgreementEnvelope received, PartnerId from, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            var alone = received.Verify(Keys);
            if (alone.Agreement is not { } agreement) return new AgreementAcceptance(null, alone.Explanation);
            var known = Find(received.Id);
            var envelope = known is null ? received : known.Envelope.Unite(received, Keys);
            var verification = envelope.Verify(Keys);
            foreach (var partner in new[] { from, identity.Partner })
                if (!agreement.HasParty(partner)) return new AgreementAcceptance(null, $"'{partner}' is not a party to this agreement.");
            // A signature has no date: of a key that was in other hands, those count that were here before.
            foreach (var party in agreement.Parties.Where(party => verification.SignedBy.Contains(party.Partner) && known?.Verification.SignedBy.Contains(party.Partner) != true))
                if (directory.Find(party.Partner)?.Keys.IsRevoked(party.SigningKey) == true) return new AgreementAcceptance(null, $"The key with which '{party.Partner}' signed was revoked. The agreement must name its new one.");
            if (known is null && verification.SignedBy.Any(HasTooManyOpen))
                return new AgreementAcceptance(null, $"{OpenProposalsMax} agreements of one signer wait for signatures here; no more are taken until some are signed.");
            if (known is null || !known.Verification.SignedBy.SequenceEqual(verification.SignedBy))
            {
                var entry = new BookEntry(envelope, verification, StateOf(agreement, verification, known?.State)) { History = known?.History ?? TransitionHistory.Empty };
                await SaveAsync(entry, () => store.SaveAsync(entry.ToStored(), cancellationToken));
            }
            // Also where nothing is new: where the store failed before, this delivery makes it good.
            await SettleEntriesAsync(cancellationToken);
            return new AgreementAcceptance(Find(agreement.Id), null);
        }
        finally
        {
            _writing.Leave();
        }
    }

    public void Dispose() => _writing.Dispose();

    private bool HasTooManyOpen(PartnerId signer)
        => Entries.Count(entry => entry.State is AgreementState.Draft or AgreementState.Proposed && entry.Verification.SignedBy.Contains(signer)) >= OpenProposalsMax;

    /// <summary>Plays the signatures through the life cycle; complete agreements are put into force at once.</summary>
    private AgreementState StateOf(Agreement agreement, AgreementVerification verification, AgreementState? before)
    {
        if (before is AgreementState.Suspended or AgreementState.Superseded or AgreementState.Revoked or AgreementState.Expired) return before.Value;
        var status = AgreementStatus.Draft;
        foreach (var party in verification.SignedBy) status = AgreementLifeCycle.Apply(agreement, status, new AgreementEvent.Sign(), party, Now).Status;
        return AgreementLifeCycle.Apply(agreement, status, new AgreementEvent.Activate(), identity.Partner, Now).Status.State;
    }

    private void Replace(ImmutableDictionary<AgreementId, BookEntry> entries)
    {
        var before = _snapshot;
        _snapshot = new Snapshot(entries);
        _periods.Follow(entries.Values);
        before.Replaced.TrySetResult();
    }

    private sealed record Snapshot(ImmutableDictionary<AgreementId, BookEntry> Entries)
    {
        public ImmutableArray<BookEntry> InOrder { get; } = [.. Entries.Values.OrderBy(entry => entry.Agreement.Id.ToString(), StringComparer.Ordinal)];
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
