using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Peering;

namespace SsaShare.FusionService.Tests;

/// <summary>A fusion service without its servers: real identities, real signed agreements, records and associations in memory.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ssashare-fusion-").FullName;
    private readonly Dictionary<PartnerId, NodeIdentity> _partners = [];
    private readonly PeerDirectory _directory;
    private readonly AgreementBook _agreements;
    private FusionWorker? _worker;

    private Service()
    {
        foreach (var partner in new[] { Records.Service, Records.Atlantic, Records.Caribbean, Records.Pacific })
            _partners.Add(partner, NodeIdentity.Create(new NodeFolder(Path.Combine(_folder, partner.Value)), partner, partner.Value, new Uri("https://127.0.0.1:7101"), TestTime.Start));
        _directory = new PeerDirectory(_partners[Records.Service], new MemoryPeers());
        _agreements = new AgreementBook(_partners[Records.Service], _directory, new MemoryAgreements(), Time, NullLogger<AgreementBook>.Instance);
        Views = new ReaderViews(_partners[Records.Service], _agreements, [Book.Grants, Orbits.Grants], Time);
        Catalog = new CatalogReader(Engine, Views);
    }

    public NodeIdentity Identity => _partners[Records.Service];
    public TestTime Time { get; } = new();
    public MemoryRecords Arrivals { get; } = new();
    public MemoryAssociations Associations { get; init; } = new();
    public FusionEngine Engine { get; } = new();
    public ContributionBook Book { get; } = new();
    public OrbitBook Orbits { get; } = new();
    public FusionProgress Progress { get; } = new();
    public ReaderViews Views { get; }
    public CatalogReader Catalog { get; }
    public AgreementBook Agreements => _agreements;
    public KnownReaders Readers => new(Identity, _directory);

    /// <param name="associations">What an earlier run kept.</param>
    public static async Task<Service> CreateAsync(MemoryAssociations? associations = null)
    {
        var service = new Service { Associations = associations ?? new MemoryAssociations() };
        foreach (var identity in service._partners.Values) await service._directory.TryAddAsync(identity.Card, CancellationToken.None);
        return service;
    }

    /// <summary>A partner lets the service use all it has, in products for some readers.</summary>
    /// <param name="delay">How long after publishing it may do so; before that, and without a delay too, it has the records for research.</param>
    public async Task<AgreementId> AgreeAsync(PartnerId provider, string readers, string validUntil = "2036-01-01T00:00:00Z", string delay = "")
    {
        string later = delay.Length == 0 ? "" : $"\n    delay: {delay}";
        return await KeepAsync(provider, $"""
            kind: ssashare/agreement/v1
            title: For the catalog of {readers} {delay} until {validUntil}
            parties: [{provider}, fusion]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: {validUntil}
            data_modes: [REAL]
            grants:
              - id: study
                from: [{provider}]
                to: [fusion]
                record_classes: [observation, sensor, element_set, orbit_state, maneuver_notice]
                max_level: partners_only
                purposes: [research]
              - id: everything
                from: [{provider}]
                to: [fusion]
                record_classes: [observation, sensor, element_set, orbit_state, maneuver_notice]
                max_level: partners_only
                purposes: [fusion]
                derived_products_for: [{readers}]{later}
            """);
    }

    /// <summary>The service sends a partner conjunction messages.</summary>
    /// <param name="delay">How long after publishing.</param>
    public Task<AgreementId> WarnAsync(PartnerId reader, string delay = "")
        => KeepAsync(reader, $"""
            kind: ssashare/agreement/v1
            title: Warnings of {reader} {delay}
            parties: [{reader}, fusion]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            grants:
              - id: warnings
                from: [fusion]
                to: [{reader}]
                record_classes: [conjunction_message]
                max_level: partners_only
                purposes: [safety_of_flight]{(delay.Length == 0 ? "" : $"\n    delay: {delay}")}
            """);

    private async Task<AgreementId> KeepAsync(PartnerId provider, string yaml)
    {
        var draft = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(yaml));
        var agreement = Agreement.Fix(draft.Value ?? throw new InvalidDataException(draft.Issues[0].Message), partner => _partners[partner].Card);
        var accepted = await _agreements.KeepAsync(AgreementEnvelope.Of(agreement).Sign(_partners[provider].SigningKey).Sign(_partners[Records.Service].SigningKey), provider, CancellationToken.None);
        Assert.Equal(AgreementState.Active, accepted.Entry?.State);
        return agreement.Id;
    }

    /// <summary>The service gives a reader conjunction messages.</summary>
    public async Task AgreeOnMessagesAsync(PartnerId reader)
    {
        var draft = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes($"""
            kind: ssashare/agreement/v1
            title: Warnings for {reader}
            parties: [{reader}, fusion]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            grants:
              - id: warnings
                from: [fusion]
                to: [{reader}]
                record_classes: [conjunction_message]
                max_level: partners_only
                purposes: [safety_of_flight]
            """));
        var agreement = Agreement.Fix(draft.Value ?? throw new InvalidDataException(draft.Issues[0].Message), partner => _partners[partner].Card);
        var accepted = await _agreements.KeepAsync(AgreementEnvelope.Of(agreement).Sign(_partners[reader].SigningKey).Sign(_partners[Records.Service].SigningKey), reader, CancellationToken.None);
        Assert.Equal(AgreementState.Active, accepted.Entry?.State);
    }

    /// <summary>A partner ends or interrupts an agreement.</summary>
    public async Task ChangeAsync(PartnerId provider, AgreementId agreement, int number, TransitionEvent happening)
    {
        var document = new TransitionDocument(DocumentContexts.Transition.Text, agreement, provider, number, happening, "A test.", Utc.FromDateTime(Time.Now));
        Assert.Equal(TransitionOutcome.Taken, (await _agreements.TakeAsync(SignedTransition.Sign(_partners[provider].SigningKey, document), CancellationToken.None)).Outcome);
    }

    public async Task StartAsync()
    {
        _worker = new FusionWorker(Engine, Book, Arrivals, Arrivals, Associations, Progress, Time, NullLogger<FusionWorker>.Instance);
        await _worker.StartAsync(CancellationToken.None);
    }

    /// <summary>Waits until everything that has arrived is in the catalog.</summary>
    public async Task CatchUpAsync()
    {
        Time.Now = Time.Now.AddSeconds(1);
        var asOf = Utc.FromDateTime(Time.Now);
        for (var started = DateTime.UtcNow; !(Progress.CurrentAsOf >= asOf); await Task.Delay(20))
        {
            Assert.True(_worker?.ExecuteTask is { IsCompleted: false }, "The worker has stopped.");
            Assert.True(DateTime.UtcNow - started < TimeSpan.FromMinutes(3), "The worker does not catch up.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.StopAsync(CancellationToken.None);
        _worker?.Dispose();
        Catalog.Dispose();
        _agreements.Dispose();
        foreach (var identity in _partners.Values) identity.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
