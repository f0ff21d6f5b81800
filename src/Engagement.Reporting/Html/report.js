(function () {
  'use strict';
  var tables = Array.prototype.slice.call(document.querySelectorAll('table'));

  function rowsOf(table) { return Array.prototype.slice.call(table.tBodies[0].rows); }

  function valueOf(cell) {
    var key = cell.getAttribute('data-value');
    return key === null ? null : Number(key);
  }

  // What has no value stands last, whichever way the others are sorted.
  function compare(index, isNumber, sign) {
    return function (left, right) {
      if (!isNumber) return sign * left.cells[index].textContent.localeCompare(right.cells[index].textContent);
      var a = valueOf(left.cells[index]);
      var b = valueOf(right.cells[index]);
      if (a === null) return b === null ? 0 : 1;
      return b === null ? -1 : sign * (a - b);
    };
  }

  function sortBy(table, head) {
    var sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    var index = head.cellIndex;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
    rowsOf(table).sort(compare(index, head.className === 'num', sign)).forEach(function (row) { table.tBodies[0].appendChild(row); });
  }

  // A text that a spreadsheet would run gets an apostrophe; quotes are doubled.
  function field(cell) {
    var text = cell.textContent.replace(/\s+/g, ' ').trim();
    if (cell.className !== 'num' ? /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) : /^[=@]/.test(text)) text = "'" + text;
    return '"' + text.replace(/"/g, '""') + '"';
  }

  function csvOf(table) {
    var rows = [table.tHead.rows[0]].concat(rowsOf(table).filter(function (row) { return !row.hidden; }));
    return rows.map(function (row) { return Array.prototype.map.call(row.cells, field).join(','); }).join('\r\n') + '\r\n';
  }

  function copy(text, button) {
    var area = document.createElement('textarea');
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand('copy');
    area.remove();
    button.focus();
    document.getElementById('said').textContent = button.getAttribute(done ? 'data-done' : 'data-failed');
  }

  function choice(id) {
    var select = document.getElementById(id);
    return select === null ? '' : select.value;
  }

  // A row is shown when it is of the chosen channel and of a chosen month; one that names neither is always shown.
  function filter() {
    var channel = choice('channel');
    var from = choice('from');
    var to = choice('to');
    document.querySelectorAll('[data-channel],[data-month]').forEach(function (element) {
      var of = element.getAttribute('data-channel');
      var month = element.getAttribute('data-month');
      var isHidden = (channel !== '' && of !== null && of !== channel) || (month !== null && ((from !== '' && month < from) || (to !== '' && month > to)));
      element.toggleAttribute('hidden', isHidden);
    });
  }

  // The browser's own tips come late and not at all under a finger: without them the page shows its own.
  function tips() {
    var tip = document.getElementById('tip');
    document.querySelectorAll('figure circle').forEach(function (mark) {
      var title = mark.querySelector('title');
      if (title === null) return;
      var text = title.textContent;
      title.remove();
      mark.addEventListener('pointerenter', function () {
        var at = mark.getBoundingClientRect();
        tip.textContent = text;
        tip.hidden = false;
        tip.style.left = Math.max(0, Math.min(at.right + 4, document.documentElement.clientWidth - tip.offsetWidth)) + 'px';
        tip.style.top = Math.max(0, window.scrollY + at.top - tip.offsetHeight - 4) + 'px';
      });
      mark.addEventListener('pointerleave', function () { tip.hidden = true; });
    });
  }

  tables.forEach(function (table) {
    table.tHead.addEventListener('click', function (event) {
      var head = event.target.closest('th');
      if (head !== null) sortBy(table, head);
    });
  });
  document.querySelectorAll('button[data-copy]').forEach(function (button) {
    button.addEventListener('click', function () { copy(csvOf(document.getElementById(button.getAttribute('data-copy'))), button); });
  });
  document.querySelectorAll('.controls select').forEach(function (select) { select.addEventListener('change', filter); });
  tips();
  document.querySelectorAll('.needs-script').forEach(function (element) { element.hidden = false; });
}());
