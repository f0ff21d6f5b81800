using Deque.AxeCore.Commons;
using PuppeteerSharp;
using PuppeteerSharp.Media;

namespace Engagement.Acceptance.Tests;

/// <summary>The pages of the samples as a reader sees them, in a browser.</summary>
[Trait("Runs", "Once")]
public sealed class BrowserSpecs(Chromium chromium)
{
    private static readonly Lazy<string> Chamber = new(() => Write("ihk-ostwestfalen", "en"));
    private static readonly Lazy<string> Association = new(() => Write("demo-association", "en"));
    private static readonly Lazy<string> Verein = new(() => Write("demo-association", "de"));

    public static TheoryData<string, string> Views
    {
        get
        {
            var views = new TheoryData<string, string>();
            foreach (string page in new[] { "ihk-en", "demo-en", "demo-de" })
            {
                foreach (string view in new[] { "light", "dark", "print", "phone" }) views.Add(page, view);
            }

            return views;
        }
    }

    [Theory]
    [InlineData("ihk-en", "reach", "audience")]
    [InlineData("demo-en", "reach", "overlap", "audience", "ratios", "hours", "response", "effort")]
    [InlineData("demo-de", "reach", "overlap", "audience", "ratios", "hours", "response", "effort")]
    public async Task The_page_opens_without_an_error_or_a_request_and_shows_its_charts(string name, params string[] charts)
    {
        await using IPage page = await chromium.NewPageAsync();
        var requests = new List<string>();
        var faults = new List<string>();
        page.Request += (_, request) => requests.Add(request.Request.Url);
        page.Console += (_, message) => faults.Add(message.Message.Text);
        page.PageError += (_, error) => faults.Add(error.Message);
        await page.GoToAsync(Address(name));
        string[] shown = await page.EvaluateExpressionAsync<string[]>("[...document.querySelectorAll('figure')].filter(figure => { const box = figure.querySelector('svg').getBoundingClientRect(); return box.width > 300 && box.height > 100 && figure.querySelectorAll('svg circle').length > 0; }).map(figure => figure.id)");
        Assert.Equal(charts.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(faults);
        Assert.Equal([Address(name)], requests, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Nothing_overflows_and_axe_finds_no_violation(string name, string view)
    {
        await using IPage page = await OpenAsync(name, view);
        int[] widths = await page.EvaluateExpressionAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"The page is {widths[0]} pixels wide and shows {widths[1]}.");

        // What stands beyond the edge of the paper or of its own box would be cut off. Tables scroll in their boxes, except on paper.
        string[] cut = await page.EvaluateExpressionAsync<string[]>($"[...document.querySelectorAll('main *, footer *')].filter(element => !element.closest('svg') && {(view == "print" ? "true" : "!element.closest('.table')")} && element.checkVisibility() && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(element => element.tagName + ': ' + element.textContent.slice(0, 60))");
        Assert.Empty(cut);
        await page.ScreenshotAsync(Path.Combine(Chromium.Screenshots, $"{name}-{view}.png"), new ScreenshotOptions { FullPage = view == "phone" && name == "ihk-en" });

        bool isDark = await page.EvaluateExpressionAsync<bool>("(() => { const light = colour => colour.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0); const style = getComputedStyle(document.documentElement); return light(style.backgroundColor) < light(style.color); })()");
        Assert.Equal(view == "dark", isDark);
        if (view == "print") Assert.False(await page.EvaluateExpressionAsync<bool>("document.querySelector('.controls').checkVisibility()"));

        // Every fold is opened, so that nothing hides from the check.
        await page.EvaluateExpressionAsync("[...document.querySelectorAll('main > details, figure details')].forEach(details => { details.open = true; })");
        await page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        string[] violations = await page.EvaluateExpressionAsync<string[]>("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(violation => violation.id + ' ' + violation.help + ' ' + violation.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 160) + ' ' + node.any.concat(node.all, node.none).map(check => check.message).join('; ')).join(' | ')))");
        Assert.Empty(violations);
    }

    [Fact]
    public async Task A_table_is_sorted_by_its_numbers_up_and_down_and_what_is_missing_stays_last()
    {
        await using IPage page = await OpenAsync("demo-en", "light");
        const string Read = "(() => { const column = [...document.querySelectorAll('#table-1 thead th')].findIndex(head => head.className === 'num'); return [...document.querySelectorAll('#table-1 tbody tr')].map(row => row.cells[column].dataset.value ?? ''); })()";
        double?[] before = await ValuesAsync();
        Assert.True(before.Length > 5 && before.Distinct().Count() > 3, string.Join(' ', before));
        await page.FocusAsync("#table-1 thead th.num button");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(before.OrderBy(value => value is null).ThenBy(value => value), await ValuesAsync());
        await page.ClickAsync("#table-1 thead th.num button");
        Assert.Equal(before.OrderBy(value => value is null).ThenByDescending(value => value), await ValuesAsync());
        Assert.Equal("descending", await page.EvaluateExpressionAsync<string>("document.querySelector('#table-1 thead th.num').getAttribute('aria-sort')"));
        await page.ClickAsync("#table-1 thead th:first-child button");
        string[] names = await page.EvaluateExpressionAsync<string[]>("[...document.querySelectorAll('#table-1 tbody tr')].map(row => row.cells[0].textContent)");
        Assert.Equal(names.Order(StringComparer.InvariantCultureIgnoreCase), names, StringComparer.Ordinal);

        async Task<double?[]> ValuesAsync() => [.. (await page.EvaluateExpressionAsync<string[]>(Read)).Select(text => text.Length == 0 ? (double?)null : double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Fact]
    public async Task The_filter_shows_one_channel_and_the_months_chosen()
    {
        await using IPage page = await OpenAsync("demo-en", "light");
        string[] months = await page.EvaluateExpressionAsync<string[]>("[...document.querySelectorAll('#from option')].map(option => option.value).filter(value => value !== '')");
        Assert.True(months.Length > 3, string.Join(' ', months));
        await page.SelectAsync("#channel", "1");
        await page.SelectAsync("#from", months[1]);
        await page.SelectAsync("#to", months[2]);
        Assert.Equal(["1"], await ShownAsync("data-channel", "main tr"), StringComparer.Ordinal);
        Assert.Equal([months[1], months[2]], await ShownAsync("data-month", "main tr"), StringComparer.Ordinal);
        Assert.Equal([months[1], months[2]], await ShownAsync("data-month", "svg circle"), StringComparer.Ordinal);
        Assert.Equal(["1"], await ShownAsync("data-channel", "main details"), StringComparer.Ordinal);
        await page.SelectAsync("#channel", "");
        await page.SelectAsync("#from", "");
        await page.SelectAsync("#to", "");
        Assert.Equal(months, await ShownAsync("data-month", "main tr"), StringComparer.Ordinal);
        Assert.Equal(10, (await ShownAsync("data-channel", "main tr")).Length);

        Task<string[]> ShownAsync(string attribute, string elements) => page.EvaluateExpressionAsync<string[]>($"[...new Set([...document.querySelectorAll('{elements}')].filter(element => !element.hasAttribute('hidden') && element.hasAttribute('{attribute}')).map(element => element.getAttribute('{attribute}')))].sort()");
    }

    [Fact]
    public async Task A_figure_opens_to_its_formula_its_numbers_and_its_source()
    {
        await using IPage page = await OpenAsync("ihk-en", "light");
        Assert.False(await IsShownAsync());
        await page.ClickAsync("main > details > summary");
        await page.ClickAsync("main > details > details > summary");
        Assert.True(await IsShownAsync());
        string text = await page.EvaluateExpressionAsync<string>("[...document.querySelectorAll('main > details')][0].innerText");
        foreach (string part in new[] { "Formula: ", "9,000", "110,000", "Data: " }) Assert.Contains(part, text, StringComparison.Ordinal);

        Task<bool> IsShownAsync() => page.EvaluateExpressionAsync<bool>("document.querySelector('main > details > details > pre').checkVisibility()");
    }

    [Fact]
    public async Task A_mark_says_its_value_when_it_is_pointed_at()
    {
        await using IPage page = await OpenAsync("ihk-en", "light");
        Assert.False(await page.EvaluateExpressionAsync<bool>("document.querySelector('#tip').checkVisibility()"));
        await page.HoverAsync("#reach svg circle");
        Assert.True(await page.EvaluateExpressionAsync<bool>("document.querySelector('#tip').checkVisibility()"));
        Assert.Contains("81.82 [72.35–88.11]", await page.EvaluateExpressionAsync<string>("document.querySelector('#tip').textContent"), StringComparison.Ordinal);
        await page.HoverAsync("h1");
        Assert.False(await page.EvaluateExpressionAsync<bool>("document.querySelector('#tip').checkVisibility()"));
    }

    [Fact]
    public async Task A_table_is_copied_as_CSV_with_the_rows_that_are_shown()
    {
        await using IPage page = await OpenAsync("ihk-en", "light");
        await page.EvaluateExpressionAsync("document.addEventListener('copy', event => { const area = document.activeElement; window.copied = area.value.slice(area.selectionStart, area.selectionEnd); })");
        await page.SelectAsync("#channel", "0");
        await page.ClickAsync("[data-copy=table-1]");
        string copied = await page.EvaluateExpressionAsync<string>("window.copied");
        string[] lines = copied.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.StartsWith("\"Channel\",", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"Technologie und Innovation in Ostwestfalen\",", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"81.82\"", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Google+ page", copied, StringComparison.Ordinal);
        Assert.NotEmpty(await page.EvaluateExpressionAsync<string>("document.querySelector('#said').textContent"));
    }

    [Fact]
    public async Task The_first_key_leads_past_the_head_of_the_page()
    {
        await using IPage page = await OpenAsync("ihk-en", "light");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await page.EvaluateExpressionAsync<string>("document.activeElement.getAttribute('href')"));
        Assert.True(await page.EvaluateExpressionAsync<bool>("document.activeElement.getBoundingClientRect().left >= 0"));
    }

    private static string Write(string sample, string language)
    {
        string file = Path.Combine(Chromium.Screenshots, $"{sample}-{language}.html");
        Assert.Equal("", Tool.Run("report", Path.Combine(AppContext.BaseDirectory, "samples", sample), "--format", "html", "--language", language, "--output", file).Succeeded());
        return new Uri(file).AbsoluteUri;
    }

    private static string Address(string name) => name switch { "ihk-en" => Chamber.Value, "demo-en" => Association.Value, _ => Verein.Value };

    private async Task<IPage> OpenAsync(string name, string view)
    {
        IPage page = await chromium.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = view == "phone" ? 390 : view == "print" ? 720 : 1200, Height = 844 });
        await page.EmulateMediaFeaturesAsync([new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = view is "dark" or "print" ? "dark" : "light" }]);
        if (view == "print") await page.EmulateMediaTypeAsync(MediaType.Print);
        await page.GoToAsync(Address(name));
        return page;
    }
}
