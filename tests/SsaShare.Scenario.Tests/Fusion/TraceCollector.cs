using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SsaShare.Scenario.Tests.Fusion;

/// <summary>A span as it was exported: by which process of which partner, in which trace.</summary>
public sealed record ExportedSpan(string Service, string Instance, string Name, string TraceId, string SpanId, string ParentSpanId, IReadOnlyList<string> LinkedTraceIds);

/// <summary>A small OTLP receiver, HTTP with protobuf bodies, that keeps the spans. Field numbers are those of opentelemetry/proto/trace/v1/trace.proto.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ExportedSpan> _spans;

    private TraceCollector(WebApplication app, Uri endpoint, ConcurrentQueue<ExportedSpan> spans) => (_app, Endpoint, _spans) = (app, endpoint, spans);

    public Uri Endpoint { get; }
    public IReadOnlyCollection<ExportedSpan> Spans => _spans;

    public static async Task<TraceCollector> StartAsync()
    {
        int port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var spans = new ConcurrentQueue<ExportedSpan>();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (context.Request.Path == "/v1/traces")
                foreach (var resourceSpans in Messages(body.ToArray(), 1))
                    foreach (var span in Read(resourceSpans)) spans.Enqueue(span);
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return new TraceCollector(app, new Uri($"http://127.0.0.1:{port}/"), spans);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static IEnumerable<ExportedSpan> Read(byte[] resourceSpans)
    {
        var attributes = Messages(resourceSpans, 1).SelectMany(resource => Messages(resource, 1))
            .ToDictionary(pair => Text(pair, 1), pair => Messages(pair, 2).Select(value => Text(value, 1)).FirstOrDefault("") ?? "", StringComparer.Ordinal);
        return from scope in Messages(resourceSpans, 2)
               from span in Messages(scope, 2)
               select new ExportedSpan(attributes.GetValueOrDefault("service.name", ""), attributes.GetValueOrDefault("service.instance.id", ""), Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4),
                   [.. Messages(span, 13).Select(link => Hex(link, 1))]);
    }

    private static string Text(byte[] message, int field) => Messages(message, field).Select(System.Text.Encoding.UTF8.GetString).FirstOrDefault("");

    private static string Hex(byte[] message, int field) => Messages(message, field).Select(Convert.ToHexStringLower).FirstOrDefault("");

    /// <summary>All values of a length-delimited field.</summary>
    private static IEnumerable<byte[]> Messages(byte[] message, int field)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == ((uint)field << 3 | 2)) yield return input.ReadBytes().ToByteArray();
            else input.SkipLastField();
        }
    }
}
