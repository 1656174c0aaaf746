using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;
using WireUse = SsaShare.Protocol.Admin.V1.CertificateUse;

namespace SsaShare.Node.Tests;

public sealed class CertificateWatchTests : IDisposable
{
    private const int RunsOut = 161, RanOut = 162, Unreadable = 163;
    private readonly ManualTime _time = new();
    private readonly Events _events = new();
    private readonly Party _atlantic;
    private readonly CertificateWatch _watch;

    public CertificateWatchTests()
    {
        _atlantic = Party.Create("atlantic", _time);
        _watch = new CertificateWatch(_atlantic.Identity, _atlantic.Folder, _time, _events);
    }

    private DateTimeOffset End => _atlantic.Identity.TlsCertificate.NotAfter;

    [Fact]
    public async Task Run_UntilCertificatesHaveRunOut_LogsEachDayFromThirtyDaysBefore()
    {
        await _watch.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(TimeSpan.FromDays(1));
        Assert.Empty(_events.All);
        // A look comes at the very moment, however the days fall.
        await AdvanceToAsync(End - CertificateWatch.Notice - TimeSpan.FromSeconds(1));
        Assert.Empty(_events.All);
        Assert.Empty(_watch.Due);
        await AdvanceToAsync(End - CertificateWatch.Notice);
        Assert.Equal([RunsOut, RunsOut], _events.All);
        Assert.Equal([(CertificateUse.Tls, End), (CertificateUse.Operator, End)], _watch.Due.Select(one => (one.Use, one.At)));
        await AdvanceToAsync(End - TimeSpan.FromDays(28));
        Assert.Equal(6, _events.All.Count);
        await AdvanceToAsync(End);
        Assert.Equal([RanOut, RanOut], _events.All.TakeLast(2));
        Assert.Equal(60, _events.All.Count(id => id == RunsOut));
        await _watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Status_WithinThirtyDays_NamesWhatRunsOut()
    {
        using var home = await Home.CreateAsync(_atlantic, _time);
        var reader = new NodeStatusReader(_atlantic.Identity, home.Directory, home.Book, new PullStatuses(), new MemoryRecords(), new MemoryNodeLog(), _time, certificates: _watch);
        _watch.Look();
        Assert.Empty((await reader.ReadAsync(CancellationToken.None)).DueCertificates);
        _time.Advance(End - CertificateWatch.Notice - _time.GetUtcNow());
        var due = (await reader.ReadAsync(CancellationToken.None)).DueCertificates;
        Assert.Equal([WireUse.Tls, WireUse.Operator], due.Select(one => one.Use));
        Assert.All(due, one => Assert.Equal(End, one.NotAfter.ToDateTimeOffset()));
    }

    [Fact]
    public void Look_OperatorsCertificate_IsReadEachTimeAndWithoutItsKey()
    {
        using var operators = TlsCertificate.CreateForOperator("atlantic operator", _time.GetUtcNow(), TimeSpan.FromDays(3));
        File.Delete(_atlantic.Folder.OperatorFile);
        Assert.Equal(TimeSpan.FromDays(1), _watch.Look());
        Assert.Empty(_watch.Due);
        KeyFile.CreateNew(_atlantic.Folder.OperatorFile, operators, Passphrase.Of("correct horse battery"));
        _watch.Look();
        Assert.Equal((CertificateUse.Operator, new DateTimeOffset(operators.NotAfter)), Assert.Single(_watch.Due) switch { var one => (one.Use, one.At) });
        File.WriteAllText(_atlantic.Folder.OperatorFile, "no certificate");
        _watch.Look();
        Assert.Empty(_watch.Due);
        Assert.Equal([RunsOut, Unreadable], _events.All);
    }

    [Fact]
    public async Task Metric_WhileItRuns_SaysHowLongEachIsValid()
    {
        await _watch.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(TimeSpan.FromDays(1));
        double left = (End - _time.GetUtcNow()).TotalSeconds;
        Assert.Contains(("tls", left), Measure());
        Assert.Contains(("operator", left), Measure());
        await _watch.StopAsync(CancellationToken.None);
        Assert.DoesNotContain(("tls", left), Measure());
    }

    public void Dispose()
    {
        _watch.Dispose();
        _atlantic.Dispose();
    }

    /// <summary>By steps of a quarter of a day, waiting each time until the watch waits again.</summary>
    private async Task AdvanceToAsync(DateTimeOffset until)
    {
        while (_time.GetUtcNow() < until)
        {
            var next = _time.Pending.Min();
            var left = until - _time.GetUtcNow();
            _time.Advance(next < left ? next : left);
            await Eventually.TrueAsync(() => _time.Pending.Any(wait => wait > TimeSpan.Zero), "the watch does not wait again");
        }
    }

    private static List<(string? Use, double Seconds)> Measure()
    {
        var found = new List<(string?, double)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "ssashare.certificate.remaining") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => found.Add((tags[0].Value as string, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    private sealed class Events : ILogger<CertificateWatch>
    {
        private readonly List<int> _ids = [];

        public IReadOnlyList<int> All
        {
            get
            {
                lock (_ids) return [.. _ids];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_ids) _ids.Add(eventId.Id);
        }
    }
}
