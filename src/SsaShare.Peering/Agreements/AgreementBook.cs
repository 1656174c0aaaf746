using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>The agreements of this node as one immutable snapshot, replaced whole when one changes.</summary>
public sealed class AgreementBook(NodeIdentity identity, PeerDirectory directory, IAgreementStore store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile Snapshot _snapshot = new(ImmutableDictionary<AgreementId, BookEntry>.Empty);

    /// <summary>Completes when an agreement changes; taken before reading, so that no change is missed.</summary>
    public Task Changed => _snapshot.Replaced.Task;

    public IEnumerable<BookEntry> Entries => _snapshot.Entries.Values;

    public BookEntry? Find(AgreementId id) => _snapshot.Entries.GetValueOrDefault(id);

    /// <summary>Reads the store. Called once at start, after the directory.</summary>
    /// <exception cref="InvalidDataException">A stored agreement no longer verifies: the database or the pinned cards were altered.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var entries = ImmutableDictionary.CreateBuilder<AgreementId, BookEntry>();
        foreach (var stored in await store.ListAsync(cancellationToken))
        {
            if (!AgreementEnvelope.TryParse(stored.Envelope.Span, out var envelope, out string? fault)) throw new InvalidDataException($"Stored agreement {stored.Id}: {fault}");
            var verification = envelope.Verify(Cards);
            if (verification.Agreement is null) throw new InvalidDataException($"Stored agreement {stored.Id}: {verification.Explanation}");
            entries.Add(stored.Id, new BookEntry(envelope, verification, stored.State));
        }
        Replace(entries.ToImmutable());
    }

    /// <summary>Fixes, signs and keeps an agreement that this node's operator proposes.</summary>
    public Task<AgreementAcceptance> ProposeAsync(Agreement agreement, CancellationToken cancellationToken)
        => agreement.HasParty(identity.Partner)
            ? KeepAsync(AgreementEnvelope.Of(agreement).Sign(identity.SigningKey), cancellationToken)
            : Task.FromResult(new AgreementAcceptance(null, $"'{identity.Partner}' is not a party to this agreement."));

    /// <summary>Adds this node's signature to an agreement that it holds.</summary>
    public async Task<AgreementAcceptance> SignAsync(AgreementId id, CancellationToken cancellationToken)
        => Find(id) is { } entry
            ? await KeepAsync(entry.Envelope.Sign(identity.SigningKey), cancellationToken)
            : new AgreementAcceptance(null, $"There is no agreement {id} here.");

    /// <summary>Takes an envelope from a peer: verifies it, unites its signatures with those known, and keeps it when it tells something new.</summary>
    public async Task<AgreementAcceptance> KeepAsync(AgreementEnvelope received, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var alone = received.Verify(Cards);
            if (alone.Agreement is not { } agreement) return new AgreementAcceptance(null, alone.Explanation);
            var known = Find(received.Id);
            var envelope = known is null ? received : known.Envelope.Unite(received, Cards);
            var verification = envelope.Verify(Cards);
            if (!agreement.HasParty(identity.Partner)) return new AgreementAcceptance(null, $"'{identity.Partner}' is not a party to this agreement.");
            if (known is not null && known.Verification.SignedBy.SequenceEqual(verification.SignedBy)) return new AgreementAcceptance(known, null);

            var entry = new BookEntry(envelope, verification, StateOf(agreement, verification, known?.State));
            await store.SaveAsync(new StoredAgreement(agreement.Id, envelope.ToJson(), entry.State), cancellationToken);
            Replace(_snapshot.Entries.SetItem(agreement.Id, entry));
            return new AgreementAcceptance(entry, null);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private IEnumerable<Signing.NodeCard> Cards => directory.Peers.Select(peer => peer.Card.Card);

    /// <summary>Plays the signatures through the life cycle; complete agreements are put into force at once.</summary>
    private AgreementState StateOf(Agreement agreement, AgreementVerification verification, AgreementState? before)
    {
        if (before is AgreementState.Suspended or AgreementState.Superseded or AgreementState.Revoked) return before.Value;
        var now = Utc.FromDateTime(time.GetUtcNow());
        var status = AgreementStatus.Draft;
        foreach (var party in verification.SignedBy) status = AgreementLifeCycle.Apply(agreement, status, new AgreementEvent.Sign(), party, now).Status;
        return AgreementLifeCycle.Apply(agreement, status, new AgreementEvent.Activate(), identity.Partner, now).Status.State;
    }

    private void Replace(ImmutableDictionary<AgreementId, BookEntry> entries)
    {
        var before = _snapshot;
        _snapshot = new Snapshot(entries);
        before.Replaced.TrySetResult();
    }

    private sealed record Snapshot(ImmutableDictionary<AgreementId, BookEntry> Entries)
    {
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>An agreement with its signatures, verified, and where it stands here.</summary>
public sealed record BookEntry(AgreementEnvelope Envelope, AgreementVerification Verification, AgreementState State)
{
    public Agreement Agreement => Verification.Agreement!;

    /// <summary>Whether some grant lets this provider release something to this recipient.</summary>
    public bool Grants(PartnerId provider, PartnerId recipient)
        => Agreement.Terms.Grants.Any(grant => Selects(grant.From, provider) && Selects(grant.To, recipient)) && provider != recipient;

    private static bool Selects(Selector<PartnerId> selector, PartnerId partner) => selector.IsAny || selector.Values.Contains(partner);
}

/// <summary>An entry, or why an agreement is not taken.</summary>
public sealed record AgreementAcceptance(BookEntry? Entry, string? Fault);
